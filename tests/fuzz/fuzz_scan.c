/* Octets as marks of one radar, eight a mark: whatever comes, sectors close in order at instants that never go back, a plot's sector is still open, and the
 * filter's numbers stay finite. */
#include "sensor/scan.h"
#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct scan s;
    scan_init(&s, (data[0] & 15) * 1.0, data[0] & 16);
    struct instant arrival = {INT64_C(1795219200) * 1000000000}, last_due = INSTANT_NONE;
    int64_t last_sector = -1;
    for (size_t i = 1; i + 8 <= size; i += 8) {
        const uint8_t *d = data + i;
        arrival.ns += (int64_t)(d[0] << 8 | d[1]) * 200000; /* up to 13 s */
        struct scan_mark m = {.kind = d[2] % 3, .time_estimated = d[2] & 128, .arrival = arrival, .period_s = d[3] & 1 ? d[3] / 8.0 : 0};
        m.azimuth_rad = (d[4] << 8 | d[5]) * (6.283185307179586 / 65536);
        m.time = instant_add(arrival, -(int16_t)(d[6] << 8 | d[7]) / 256.0);
        struct scan_event e;
        while (scan_expire(&s, arrival, &e)) {
            assert(!instant_before(e.due, last_due) && !instant_before(arrival, e.due));
            last_due = e.due;
            assert(e.kind == SCAN_SILENT || e.sector > last_sector);
            last_sector = e.kind == SCAN_CLOSED ? e.sector : last_sector;
        }
        int64_t sector = scan_input(&s, &m);
        assert(sector < 0 || sector > last_sector);
        assert(isfinite(s.angle_rad) && isfinite(s.rate_rad_s) && isfinite(s.var_angle) && s.var_angle >= 0 && isfinite(s.var_rate));
    }
    return 0;
}
