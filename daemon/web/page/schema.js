// The messages of proto/web.proto as rows: number of the field, * where it is repeated, type, name. `uint` also stands for enumerations. A test compares
// this table with that file.

const ROWS = {
    Frame: '1 uint version, 2 bool keyframe, 3 Time time, 4 Tracks tracks, 5 Idents idents, 6 *uint gone, 7 *Sensor sensor, ' +
        '8 SensorStates states, 9 *Event event, 10 Handoffs handoffs, 11 Coverage coverage, 12 Detail detail, 13 Welcome welcome, ' +
        '14 Answer answer, 15 Picture picture',
    Time: '1 uint state, 2 sint instant_ms, 3 uint lag_ms, 4 uint rate_milli, 5 bool paused, 6 sint first_ms, 7 sint last_ms, ' +
        '8 string tape',
    Tracks: '1 *uint number, 2 *sint lat_e5, 3 *sint lon_e5, 4 *uint speed_dmps, 5 *uint heading_ddeg, 6 *sint altitude_25ft, ' +
        '7 *sint climb_dmps, 8 *uint flags, 9 *uint age_ds',
    Idents: '1 *uint number, 2 *uint mode_s, 3 *uint mode_a, 4 *uint kind, 5 bytes callsign, 6 *uint plan',
    Sensor: '1 uint source, 2 string name, 3 string nation, 4 string type, 5 string kind, 6 sint lat_e5, 7 sint lon_e5, 8 sint height_m, ' +
        '9 uint range_m, 10 uint period_ms',
    SensorStates: '1 *uint source, 2 *uint health, 3 *uint age_ds, 4 *uint rate_dps, 5 *uint latency_ms, 6 *sint bias_range_m, ' +
        '7 *sint bias_azimuth_mdeg, 8 *uint period_ms',
    Event: '1 sint instant_ms, 2 uint severity, 3 string kind, 4 string text, 5 uint source, 6 uint track',
    Handoff: '1 uint id, 2 uint track, 3 string callsign, 4 string from, 5 string to, 6 uint state, 7 sint since_ms, 8 string why, ' +
        '9 bool automatic, 10 uint latency_ms, 11 sint boundary_ms, 12 *string step',
    Handoffs: '1 *Handoff handoff, 2 *uint automatic_s, 3 *uint manual_s',
    Rings: '1 *uint corners, 2 *sint lat_e4, 3 *sint lon_e4',
    Coverage: '1 uint ask, 2 uint layer, 3 bool replies, 4 *Rings fold, 5 Rings gap, 6 Rings region, 7 Rings gained, 8 Rings lost, ' +
        '9 *CoverageFigure figure, 10 uint took_ms, 11 string error, 12 *CoverageGap greatest, 13 string basis, 14 *string layer_name, ' +
        '15 *uint sensor',
    CoverageFigure: '1 string scope, 2 uint area_km2, 3 *uint fold_permille, 4 *uint other_permille',
    CoverageGap: '1 sint lat_e4, 2 sint lon_e4, 3 uint area_km2, 4 uint width_m',
    Detail: '1 uint number, 2 bool gone, 3 sint born_ms, 4 sint last_ms, 5 uint plots, 6 uint existence_permille, 7 uint sigma_major_m, ' +
        '8 uint sigma_minor_m, 9 uint sigma_ddeg, 10 uint sigma_height_m, 11 sint turn_mdegps, 12 uint identity_permille, 13 *uint source, ' +
        '14 *uint source_age_ds, 15 *uint kind_age_ds, 16 uint mode_2, 17 *uint mode_permille, 18 PlanText flight, 19 string owner',
    PlanText: '1 string departure, 2 string destination, 3 string aircraft_type, 4 string route, 5 uint cruise_25ft',
    Picture: '1 uint tracks, 2 uint shown, 3 uint sensors_alive, 4 uint plots_per_s, 5 uint viewers',
    Welcome: '1 string node, 2 string nation, 3 string account, 4 *string may, 5 string position, 6 string version, 7 uint period_ms, ' +
        '8 bool accounts',
    Answer: '1 uint id, 2 bool good, 3 string text',
    Ask: '1 uint id, 2 Viewport viewport, 3 Filter filter, 4 uint layers, 5 TimeControl time, 6 Select select, 7 Switch sensor_switch, ' +
        '8 HandoffCommand handoff, 9 CoverageAsk coverage, 10 SignIn sign_in, 11 bool keyframe, 12 uint seen',
    Viewport: '1 sint south_e5, 2 sint west_e5, 3 sint north_e5, 4 sint east_e5, 5 uint period_ms',
    Filter: '1 sint lowest_25ft, 2 sint highest_25ft, 3 uint nations, 4 uint classes, 5 uint sources, 6 string callsign',
    TimeControl: '1 uint what, 2 uint rate_milli, 3 sint instant_ms',
    Select: '1 uint number',
    Switch: '1 uint source, 2 bool off, 3 string feed',
    HandoffCommand: '1 uint what, 2 uint handoff, 3 uint track, 4 string to, 5 string text',
    CoverageAsk: '1 uint layer, 2 bool replies, 3 string where, 4 *uint out, 5 string compare, 6 *uint compare_out, 7 bool live, ' +
        '8 bool none, 9 bool comparing, 10 *string without',
    SignIn: '1 string token, 2 string position',
};

const INITIAL = { uint: 0, sint: 0, bool: false, string: '', bytes: null };

function message(row) {
    const fields = row.split(', ').map(text => {
        const [number, kind, name] = text.split(' ');
        const repeated = kind.startsWith('*'), type = repeated ? kind.slice(1) : kind;
        return { number: Number(number), type, repeated, name, initial: INITIAL[type] ?? null };
    });
    return { fields, byNumber: new Map(fields.map(field => [field.number, field])) };
}

export const MESSAGES = Object.fromEntries(Object.entries(ROWS).map(([name, row]) => [name, message(row)]));

// Enumerations, by the names of proto/web.proto.
export const TIME = { WAITING: 0, LIVE: 1, LATE: 2, REPLAY: 3 };
export const FLAG = {
    PRIMARY: 1, SECONDARY: 2, ADSB: 4, MLAT: 8, FOREIGN: 16, HAS_ALTITUDE: 32, HAS_CLIMB: 64, COASTING: 128, MONOSENSOR: 256,
    GEOMETRIC: 512, EMERGENCY: 1024, SPI: 2048, SIMULATED: 4096, DELAYED: 8192, SILENT_NOW: 16384,
};
export const NATIONS = ['?', 'US', 'CA', 'MX', '+'];
export const CLASS = { PRIMARY_ONLY: 0, ANONYMOUS: 1, CIVIL: 2, MILITARY: 3 };
export const AFFILIATION = { UNKNOWN: 0, FRIEND: 1, NEUTRAL: 2, ASSUMED_FRIEND: 3, SUSPECT: 4, HOSTILE: 5 };
export const AFFILIATIONS = ['unknown', 'friend', 'neutral', 'assumed', 'suspect', 'hostile']; // names by number
export const HEALTH = { SILENT: 0, GREEN: 1, AMBER: 2, RED: 3, OFF: 4 };
export const HANDOFF = { NONE: 0, PROPOSED: 1, ACCEPTED: 2, FORCED: 3, REJECTED: 4, RECALLED: 5, TIMED_OUT: 6, POINT_OUT: 7 };
export const LAYER = { TRACKS: 1, SENSORS: 2, EVENTS: 4, HANDOFFS: 8 };
export const CONTROL = { PAUSE: 1, GO_ON: 2, STEP: 3, RATE: 4, SEEK: 5, LIVE: 6 };
export const COMMAND = { INITIATE: 1, ACCEPT: 2, REJECT: 3, RECALL: 4, FORCE: 5, POINT_OUT: 6 };
