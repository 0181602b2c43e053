// Where the page begins.
import { App } from './app.js';
import { Link } from './link.js';

globalThis.airseam = new App(events => new Link(events));
