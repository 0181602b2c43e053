// The connection to the daemon: frames in, asks out, and again when it breaks.
import { decode, encode } from './proto.js';

const FIRST_MS = 500, MOST_MS = 10000;

export class Link {
    // events: {frame(frame), state('open' | 'closed'), hello(): the first Ask of a connection}
    constructor(events, address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`) {
        Object.assign(this, { events, address, wait: FIRST_MS, seen: 0, id: 0, octets: 0 });
        this.waiting = new Map();
        this.open();
    }
    open() {
        const socket = new WebSocket(this.address, 'airseam.1');
        socket.binaryType = 'arraybuffer';
        this.socket = socket;
        this.told = 0;
        this.seen = 0;
        socket.onopen = () => {
            this.wait = FIRST_MS;
            this.events.state('open');
            this.ask(this.events.hello());
        };
        socket.onmessage = ({ data }) => this.take(new Uint8Array(data));
        socket.onclose = () => {
            this.events.state('closed');
            this.waiting.clear();
            setTimeout(() => this.open(), this.wait);
            this.wait = Math.min(MOST_MS, this.wait * 2);
        };
    }
    take(bytes) {
        this.octets += bytes.length;
        this.seen++;
        let frame;
        try {
            frame = decode('Frame', bytes);
        } catch (error) {
            console.error(error);
            this.ask({ keyframe: true });
            return;
        }
        this.events.frame(frame);
        if (frame.answer) {
            this.waiting.get(frame.answer.id)?.(frame.answer);
            this.waiting.delete(frame.answer.id);
        }
    }
    // What was read is drawn: the daemon may send more.
    drawn() {
        if (this.told !== this.seen) this.ask({ seen: this.told = this.seen });
    }
    ask(message) {
        if (this.socket.readyState === WebSocket.OPEN) this.socket.send(encode('Ask', message));
    }
    // A request that is answered: {good, text}.
    request(message) {
        const id = ++this.id;
        if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve({ good: false, text: '' });
        return new Promise(resolve => {
            this.waiting.set(id, resolve);
            this.ask({ id, ...message });
        });
    }
}
