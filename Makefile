# airseam: one make, no recursion into folders. Rooms, tests and programs are found by wildcard: adding a file needs no edit here.
#   make help     what can be made
#   V=1           show the commands      CI=1   warnings are errors      MODE=release|debug|san|cov|fuzz
MAKEFLAGS += -r
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

VERSION := 0.1.0
MODE    ?= release
O       := build/$(MODE)
PREFIX  ?= /usr/local
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
PYTHON  ?= /usr/bin/python3
ifneq ($(filter-out release debug san cov fuzz,$(MODE)),)
$(error MODE=$(MODE) is unknown: release, debug, san, cov or fuzz)
endif
ifeq ($(origin CC),default)
CC := $(if $(filter fuzz,$(MODE)),clang,gcc)
endif
ifeq ($(origin AR),default)
AR := ar
endif

# ---- flags -------------------------------------------------------------------------------------------------------------------
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wdouble-promotion -Wformat=2 -Wundef -Wvla -Wstrict-prototypes \
           -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-align -Wcast-qual -Wwrite-strings \
           -Wswitch-enum -Wimplicit-fallthrough
# sanitizers make gcc report conversions that are not there: their builds leave those to release, and never turn warnings into errors
WARN    += $(if $(filter san fuzz,$(MODE)),-Wno-conversion -Wno-sign-conversion,$(if $(CI),-Werror))
# Check's macros are variadic and compare by widening; protobuf-c's initialisers cast const away
WARN_TESTS := -Wno-cast-qual -Wno-missing-prototypes -Wno-conversion -Wno-double-promotion -Wno-pedantic -Wno-switch-enum
NUMERIC := -ffp-contract=off -fno-fast-math $(if $(findstring clang,$(CC)),,-fexcess-precision=standard)
REPRO   := -ffile-prefix-map=$(CURDIR)=. -Wdate-time
SANITIZE := -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

CFLAGS_release  := -O3 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
                   -fcf-protection -fPIE
LDFLAGS_release := -pie -Wl,-z,relro,-z,now,-z,noexecstack
CFLAGS_debug    := -O0 -g3
CFLAGS_san      := -O1 -g $(SANITIZE)
LDFLAGS_san     := $(SANITIZE)
CFLAGS_cov      := -O0 -g --coverage
LDFLAGS_cov     := --coverage
CFLAGS_fuzz     := -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link
LDFLAGS_fuzz    := $(SANITIZE)

# The library is ISO C plus the constants of <math.h>; only programs may see the system.
CPP_lib      := -D_XOPEN_SOURCE=700
CPP_programs := -D_GNU_SOURCE -DAIRSEAM_VERSION='"$(VERSION)"'
CPPFLAGS_ALL  = -Ilib -I. -I$(O) $(if $(filter lib/%,$<),$(CPP_lib),$(CPP_programs)) $(if $(filter tests/%,$<),-Itests) \
                $(PKG_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL    = -std=c11 $(WARN) $(if $(filter tests/%,$<),$(WARN_TESTS)) $(NUMERIC) $(REPRO) $(CFLAGS_$(MODE)) $(CFLAGS)
LDFLAGS_ALL   = $(LDFLAGS_$(MODE)) -Wl,--as-needed $(LDFLAGS)

# Looked up when the first recipe needs them, because on a fresh system `deps` installs them first; then remembered.
PKGS       := libevent libevent_openssl openssl libprotobuf-c proj yaml-0.1 jansson libzstd zlib libsystemd
PKG_CFLAGS  = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS    = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)) -lm)$(PKG_LIBS)
CHECK_LIBS  = $(eval CHECK_LIBS := $$(shell pkg-config --libs check))$(CHECK_LIBS)

# this Makefile again, on all processors unless it was told how many: after `deps`, or in another mode
parallel = +@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

say = @$(if $(V),:,printf '  %-5s %s\n' $1 $2)
Q  := $(if $(V),,@)

# ---- what there is -----------------------------------------------------------------------------------------------------------
objects = $(patsubst %.c,$(O)/%.o,$1)

# lib/LAYERS, lowest room first: needs_<room> is what it may include, closure what it has to be linked with, upper rooms first
comma   := ,
$(foreach row,$(shell sed -n 's/[[:space:]]*\#.*//; s/:[[:space:]]*/ /; s/[[:space:]]*$$//; s/[[:space:]]\{1,\}/,/g; /./p' lib/LAYERS), \
  $(eval words := $(subst $(comma), ,$(row))) \
  $(eval LAYERS := $$(LAYERS) $$(firstword $$(words))) \
  $(eval needs_$(firstword $(subst $(comma), ,$(row))) := $$(wordlist 2,99,$$(words))))
reverse  = $(if $1,$(call reverse,$(wordlist 2,$(words $1),$1)) $(firstword $1))
above    = $(sort $1 $(foreach n,$(needs_$1),$(call above,$n)))
ROOMS   := $(foreach r,$(LAYERS),$(if $(wildcard lib/$r/*.c),$r))
closure  = $(call reverse,$(filter $(call above,$1),$(ROOMS)))
archives = $(patsubst %,$(O)/lib/%.a,$1)

PROTO   := $(patsubst proto/%.proto,$(O)/proto/%.pb-c,$(wildcard proto/*.proto))
PROTO_H := $(PROTO:=.h)
LIB     := $(call archives,$(call reverse,$(ROOMS)))
DAEMON_C := $(filter-out daemon/main.c,$(wildcard daemon/*.c daemon/*/*.c))
SIM_C   := $(filter-out sim/main.c,$(wildcard sim/*.c sim/world/*.c))
DAEMON  := $(if $(DAEMON_C),$(O)/daemon.a)
# what airseamd serves out of itself (daemon/web/README.md): the page, Debian's d3 under its own names, the map's areas
PAGE_FILES := $(shell find daemon/web/page -type f 2>/dev/null | LC_ALL=C sort)
PAGE_MORE  := $(foreach l,array geo,/lib/d3-$l.js=/usr/share/nodejs/d3-$l/dist/d3-$l.min.js) $(foreach a,land fir neighbours,/map/$a.area=config/areas/$a.area)
SIM     := $(if $(SIM_C),$(O)/sim.a)
ALL     := $(SIM) $(DAEMON) $(LIB)
PROGRAMS := $(if $(wildcard daemon/main.c),$(O)/airseamd) $(if $(wildcard sim/main.c),$(O)/airseam)

SUPPORT_C := $(filter-out tests/support/main.c tests/support/corpus.c,$(wildcard tests/support/*.c))
SUPPORT := $(if $(SUPPORT_C),$(O)/tests/support.a)
GROUPS  := $(filter-out support fuzz bench kit,$(patsubst tests/%/,%,$(dir $(wildcard tests/*/))))
C_TESTS := $(foreach g,$(GROUPS),$(if $(wildcard tests/$g/test_*.c),$g))
SH_TESTS := $(patsubst tests/%.sh,%,$(wildcard tests/*/test_*.sh))
FUZZ    := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
BENCH_C := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/bench_*.c))
TAPS    := $(C_TESTS:%=$(O)/tests/%.tap) $(SH_TESTS:%=$(O)/tests/%.sh.tap) $(FUZZ:%=$(O)/tests/fuzz/%.tap)

.PHONY: all deps deps-tests check bench bench-figures arch lint demo install clean help cov results
all: $(PROGRAMS) $(LIB)

help:
	@sed -n 's/^#: //p' Makefile

# ---- compiling and linking ---------------------------------------------------------------------------------------------------
#: make                  the daemon airseamd and the command airseam, under build/release (MODE=debug|san|cov for others)
$(O)/%.o: %.c | deps
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(O)/proto/%.pb-c.c $(O)/proto/%.pb-c.h: proto/%.proto | deps
	$(call say,PROTO,$<)
	@mkdir -p $(@D)
	$(Q)protoc-c -Iproto --c_out=$(O)/proto $<

$(O)/proto/%.o: $(O)/proto/%.c | $(PROTO_H)
	$(call say,CC,$<)
	$(Q)$(CC) -std=c11 -w $(PKG_CFLAGS) $(NUMERIC) $(REPRO) $(CFLAGS_$(MODE)) $(CFLAGS) -MMD -MP -c $< -o $@

# An archive also depends on its folder, so that it forgets a file that was removed.
define archive
	$(call say,AR,$@)
	@mkdir -p $(@D) && rm -f $@
	$(Q)$(AR) rcsD $@ $(filter %.o,$^)
endef
define ROOM
$(O)/lib/$1.a: $(call objects,$(wildcard lib/$1/*.c)) $(if $(filter wire,$1),$(PROTO:=.o)) lib/$1
	$$(archive)
endef
$(foreach r,$(ROOMS),$(eval $(call ROOM,$r)))
$(O)/daemon.a: $(call objects,$(DAEMON_C)) $(O)/daemon/web/embedded.o $(wildcard daemon daemon/*/)
	$(archive)
$(O)/daemon/web/embedded.c: daemon/web/embed.sh $(PAGE_FILES) $(filter config/%,$(subst =, ,$(PAGE_MORE))) daemon/web/page | deps
	$(call say,EMBED,$@)
	@mkdir -p $(@D)
	$(Q)sh daemon/web/embed.sh $(foreach f,$(PAGE_FILES),$(f:daemon/web/page%=%)=$f) $(PAGE_MORE) >$@
$(O)/daemon/web/embedded.o: $(O)/daemon/web/embedded.c
	$(call say,CC,$<)
	$(Q)CCACHE_DISABLE=1 $(CC) -std=c11 $(CPPFLAGS_ALL) $(NUMERIC) $(REPRO) $(CFLAGS_$(MODE)) $(CFLAGS) -MMD -MP -c $< -o $@
$(O)/sim.a: $(call objects,$(SIM_C)) $(wildcard sim sim/world)
	$(archive)
$(O)/tests/support.a: $(call objects,$(SUPPORT_C)) tests/support
	$(archive)

# proto headers exist before anything that may include them is compiled
$(call objects,$(wildcard lib/wire/*.c daemon/*.c daemon/*/*.c sim/*.c sim/world/*.c tests/*/*.c)): | $(PROTO_H)

define link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_$(MODE)) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LINK_MORE) $(PKG_LIBS)
endef
$(O)/airseamd: $(O)/daemon/main.o $(DAEMON) $(LIB)
	$(link)
$(O)/airseam: $(O)/sim/main.o $(SIM) $(DAEMON) $(LIB)
	$(link)

# ---- tests -------------------------------------------------------------------------------------------------------------------
#: make check            every test; ends with "N passed, N failed"      make check-<folder>   the tests of tests/<folder> alone
# Each program leaves a TAP file; only clean ones are remembered (tally.sh removes the others), so what failed or was skipped runs again.
# tests/<room>/ links what the room may see, any other folder links everything. Conventions: tests/README.md
SUITES_OF = $(patsubst tests/$1/%.c,X(%_suite),$(wildcard tests/$1/test_*.c))
LINKS_OF  = $(if $(filter $1,$(LAYERS)),$(call archives,$(call closure,$1)),$(ALL))
RUN_ENV   = MODE=$(MODE) O=$(CURDIR)/$(O) AIRSEAM=$(CURDIR)/$(O)/airseam AIRSEAMD=$(CURDIR)/$(O)/airseamd PYTHON=$(PYTHON) \
            CC=$(CC) CK_DEFAULT_TIMEOUT=120 $(if $(filter san,$(MODE)),CK_FORK=no)

define TESTS
$(O)/tests/$1/suites.o: tests/support/main.c tests/$1 | deps-tests
	$$(call say,CC,$$<)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CPPFLAGS_ALL) $$(CFLAGS_ALL) '-DSUITES=$(SUITES_OF)' -MMD -MP -c $$< -o $$@
$(O)/tests/$1/run: LINK_MORE = $$(CHECK_LIBS)
$(O)/tests/$1/run: $(O)/tests/$1/suites.o $(call objects,$(wildcard tests/$1/*.c)) $(SUPPORT) $(call LINKS_OF,$1)
	$$(link)
$(O)/tests/$1.tap: $(O)/tests/$1/run $(if $(filter $1,$(LAYERS)),,$(PROGRAMS)) $(shell find tests/$1 config -type f ! -name '*.[ch]' ! -name '*.sh' ! -name '* *')
	$$(call say,TEST,tests/$1)
	@$(RUN_ENV) CK_TAP_LOG_FILE_NAME=$$@ sh tests/support/run.sh $$@ $(O)/tests/$1/run
endef
$(foreach g,$(C_TESTS),$(eval $(call TESTS,$g)))
$(call objects,$(wildcard tests/*/*.c)): | deps-tests

$(O)/tests/%.sh.tap: tests/%.sh $(PROGRAMS) | deps-tests
	$(call say,TEST,$<)
	@mkdir -p $(@D)
	@$(RUN_ENV) sh tests/support/run.sh $@ $<

results: $(TAPS)
keep_going = $(parallel) -k $1 || true
check: deps deps-tests
	$(call keep_going,results)
	@sh tests/support/tally.sh $(O)/tests $(TAPS)
taps_of = $(filter $(O)/tests/$1.tap $(O)/tests/$1/%.tap,$(TAPS))
check-%: deps deps-tests
	$(call keep_going,$(call taps_of,$*))
	@sh tests/support/tally.sh $(O)/tests $(call taps_of,$*)

#: make fuzz-<name>      clang's libFuzzer on tests/fuzz/fuzz_<name>.c for FUZZ_SECONDS (60); `make check` replays the corpus with gcc
FUZZ_SECONDS ?= 60
$(O)/tests/fuzz/%/replay: $(O)/tests/fuzz/fuzz_%.o $(O)/tests/support/corpus.o $(SUPPORT) $(ALL)
	$(link)
$(O)/tests/fuzz/%.tap: $(O)/tests/fuzz/%/replay $(shell find tests/fuzz/corpus -type d 2>/dev/null)
	$(call say,TEST,tests/fuzz/fuzz_$*)
	@$(RUN_ENV) sh tests/support/run.sh $@ $< tests/fuzz/corpus/$*
$(O)/tests/fuzz/%/fuzzer: $(O)/tests/fuzz/fuzz_%.o $(SUPPORT) $(ALL)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(filter %.a,$^) $(PKG_LIBS)
fuzz-%:
	@sh .ci/deps build fuzz
	$(parallel) MODE=fuzz build/fuzz/tests/fuzz/$*/fuzzer
	@mkdir -p build/fuzz/corpus/$*
	build/fuzz/tests/fuzz/$*/fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 build/fuzz/corpus/$* tests/fuzz/corpus/$*

#: make bench            every benchmark of tests/bench, on the release build
$(O)/tests/bench/%: $(O)/tests/bench/%.o $(SUPPORT) $(ALL)
	$(link)
bench: $(PROGRAMS) $(BENCH_C:%=$(O)/tests/bench/%)
	@for b in $(BENCH_C:%=$(O)/tests/bench/%) $(wildcard tests/bench/bench_*.sh); do echo "== $$b"; $(RUN_ENV) $$b || exit 1; done

#: make bench-figures    the pipeline's and the simulator's speed into doc/figures/speed.md
bench-figures: $(PROGRAMS) $(O)/tests/bench/bench_pipeline
	@mkdir -p doc/figures
	@$(RUN_ENV) $(O)/tests/bench/bench_pipeline doc/figures/speed.md
	@$(RUN_ENV) sh tests/bench/bench_simulate.sh doc/figures/speed.md

#: make scenarios        doc/scenarios.md: every shipped scenario simulated and judged (some minutes)
.PHONY: scenarios
scenarios: $(PROGRAMS)
	@$(RUN_ENV) sh tests/bench/scenarios.sh >$(O)/scenarios.md
	@cp $(O)/scenarios.md doc/scenarios.md

#: make bench-web        the page's cost into doc/figures/web.md: octets, processor time, memory, by viewers on loopback; frames a second in chromium
.PHONY: bench-web
bench-web: $(PROGRAMS) $(O)/tests/bench/bench_web | deps-tests
	@mkdir -p doc/figures
	@$(RUN_ENV) $(O)/tests/bench/bench_web doc/figures/web.md
	@$(PYTHON) tests/bench/web_page.py >$(O)/web_page.md && cat $(O)/web_page.md >>doc/figures/web.md

#: make bench-profile    doc/figures/profile.md: instructions per plot by room of the library (valgrind; some minutes)
.PHONY: bench-profile
bench-profile: $(PROGRAMS)
	@mkdir -p doc/figures
	@O=$(O) sh tests/bench/profile.sh >doc/figures/profile.md.part && mv doc/figures/profile.md.part doc/figures/profile.md

#: make figures          doc/figures/accuracy.md: tests/kit over ten seeds (FIGURES="s20 s100 s300 ..." for other scenarios)
FIGURES ?= s20 s100
.PHONY: figures
figures: $(PROGRAMS)
	@PYTHON=$(PYTHON) sh tests/kit/figures.sh $(O) $(FIGURES)
#: make figures-harder   doc/figures/accuracy-harder.md: crowded, anonymous, manoeuvring, biased, late, one radar: ten seeds (some half an hour)
.PHONY: figures-harder
figures-harder: $(PROGRAMS)
	@PYTHON=$(PYTHON) OUT=doc/figures/accuracy-harder.md TARGET=$@ sh tests/kit/figures.sh $(O) s300 s300none s100high s100bias r1_300
#: make figures-recorded doc/figures/accuracy-recorded.md: recorded flights below AIRSEAM_DATA under simulated radars, with and without identity, three seeds
RECORDED := switzerland montreal vancouver texas indiana
.PHONY: figures-recorded
figures-recorded: $(PROGRAMS)
	@PYTHON=$(PYTHON) OUT=doc/figures/accuracy-recorded.md TARGET=$@ SEEDS="1 2 3" sh tests/kit/figures.sh $(O) $(foreach r,$(RECORDED),$r $r-none)
#: make figures-barcelona doc/figures/barcelona.md: the real radar, ADS-B and multilateration of one airport below AIRSEAM_DATA
.PHONY: figures-barcelona
figures-barcelona: $(PROGRAMS)
	@PYTHON=$(PYTHON) sh tests/kit/lebl.sh $(O)
#: make ablation         doc/figures/ablation.md: what each method of the tracker buys, by switching it off in the settings (some minutes)
.PHONY: ablation
ablation: $(PROGRAMS)
	@PYTHON=$(PYTHON) sh tests/kit/ablation.sh $(O)

#: make figures-flown    doc/figures/recorded.md: some of them as traffic of the simulator: codes, codes unused, echoes alone (half a minute)
.PHONY: figures-flown
figures-flown: $(PROGRAMS)
	@PYTHON=$(PYTHON) sh tests/kit/recorded.sh $(O)

#: make cov              line coverage of lib, daemon and sim by the tests
cov:
	$(parallel) MODE=cov check
	@sh tests/support/coverage.sh build/cov

# ---- checks of the source ----------------------------------------------------------------------------------------------------
#: make arch             who includes whom, what the library may call, names, headers, budgets (tests/arch)
arch: deps
	$(parallel) MODE=release lib
	@CC='$(CC)' PKG_CFLAGS='$(PKG_CFLAGS)' sh tests/arch/arch.sh build/release
.PHONY: lib
lib: $(LIB) $(PROTO_H)

# cppcheck 2.10 does not follow loops into their first round; gcc and the analyzer look after uninitialised variables
#: make lint             clang-tidy and cppcheck
lint:
	@sh .ci/deps build lint
	$(parallel) -k lint-files
TIDY := $(wildcard lib/*/*.c daemon/*.c daemon/*/*.c sim/*.c sim/world/*.c)
.PHONY: lint-files
lint-files: $(TIDY:%.c=$(O)/lint/%.tidy) $(O)/lint/cppcheck
$(O)/lint/%.tidy: %.c $(O)/%.o .clang-tidy | $(PROTO_H)
	$(call say,TIDY,$<)
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- -std=c11 $(CPPFLAGS_ALL) 2>/dev/null && touch $@
$(O)/lint/cppcheck: $(TIDY) $(wildcard lib/*/*.h daemon/*.h daemon/*/*.h sim/*.h sim/world/*.h)
	$(call say,CPPCK,"lib daemon sim")
	@mkdir -p $(@D)
	$(Q)cppcheck -q --std=c11 --language=c --enable=warning,performance,portability --inline-suppr --suppress=uninitvar --suppress=ctuuninitvar --error-exitcode=1 \
	  '-Djson_array_foreach(a,i,v)=while(v=json_array_get(a,i))' '-Djson_object_foreach(o,k,v)=while(k=next(o,v))' \
	  -Ilib -I. $(TIDY) && touch $@

# ---- running and installing --------------------------------------------------------------------------------------------------
#: make deps             install through apt what the build needs and is missing (make check and make demo do it by themselves)
deps:
	@sh .ci/deps build
deps-tests: deps
	@sh .ci/deps tests

#: make demo             simulator, daemon and one picture, on loopback
demo: deps
	$(parallel) MODE=release all
	@O=build/release sh sim/demo.sh

# the pages say of verbs, options and settings what the programs say
MAN := $(patsubst doc/man/%,$(O)/man/%,$(wildcard doc/man/*.[158]))
$(O)/man/%: doc/man/% doc/man/fill.sh $(PROGRAMS)
	$(call say,MAN,$@)
	@mkdir -p $(@D)
	$(Q)AIRSEAM=$(O)/airseam AIRSEAMD=$(O)/airseamd sh doc/man/fill.sh $< >$@

#: make install          into DESTDIR with PREFIX=/usr/local: programs, man pages, systemd unit; settings into SYSCONFDIR=/etc/airseam,
#:                       where an airseamd.yaml that is there stays
SYSCONFDIR ?= /etc/airseam
install: all $(MAN)
	install -D -m 755 $(O)/airseam $(DESTDIR)$(PREFIX)/bin/airseam
	install -D -m 755 $(O)/airseamd $(DESTDIR)$(PREFIX)/sbin/airseamd
	for page in $(MAN); do install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; done
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|@PREFIX@|$(PREFIX)|g' config/airseamd.service >$(DESTDIR)$(PREFIX)/lib/systemd/system/airseamd.service
	cd config && find . -type f ! -name '*.service' ! -name airseamd.yaml -exec install -D -m 644 '{}' '$(DESTDIR)$(SYSCONFDIR)/{}' \;
	test -e $(DESTDIR)$(SYSCONFDIR)/airseamd.yaml || \
	  sed 's|^  socket: .*|  socket: /run/airseam/airseamd.sock|' config/airseamd.yaml >$(DESTDIR)$(SYSCONFDIR)/airseamd.yaml

#: make clean            remove build/
clean:
	rm -rf build

-include $(shell find $(O) -name '*.d' 2>/dev/null)
