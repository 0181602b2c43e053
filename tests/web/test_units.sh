#!/bin/sh
# What the page's modules claim without a browser.
exec node tests/web/units.mjs
