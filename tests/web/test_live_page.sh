#!/bin/sh
# The page on a daemon that hears simulated radars, and on the tape of such: what people do, and what the daemon makes of it.
exec "${PYTHON:-python3}" tests/web/live_claims.py
