# make run    everything from a bare Debian 12: packages, program, publications
# make help   all targets
#
# SAN=1 builds with the address and undefined-behaviour sanitizers in
# build/san; CC=clang builds in build/clang; O=DIR puts build/ elsewhere; V=1
# shows commands.

VERSION := 0.1.0
PREFIX ?= /usr/local
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
BUILD := $(or $(O),build)$(if $(filter clang%,$(notdir $(CC))),/clang)$(if $(SAN),/san)
Q := $(if $(V),,@)

, := ,
PACKAGES := libxml-2.0 libxslt libexslt icu-uc icu-i18n harfbuzz harfbuzz-subset libpng libjpeg lcms2 \
            yaml-0.1 libdeflate libcrypto libqrencode jansson sqlite3
PC_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
# Every shared library costs each start of the program; so those that no other
# one needs are linked in, and those for XSLT loaded when needed (transform/xslt.h).
LAZY_LIBS := -lxslt -lexslt -lqrencode
STATIC_LIBS := -licui18n -lyaml -ldeflate -ljansson -lsqlite3 -lcrypto -lcmark-gfm-extensions -lcmark-gfm
PC_LIBS := $(filter-out $(LAZY_LIBS) $(STATIC_LIBS),$(shell pkg-config --libs $(PACKAGES) 2>/dev/null))
# The program also holds ICU and libxml2, and stands at a fixed address: nearly
# nothing is left to relocate.  Libraries loaded later are to use its libxml2,
# whole, instead of the one they bring.
HELD_LIBS := -licuuc -licudata -llzma -lstdc++
HELD_XML := -Wl,--whole-archive -lxml2 -Wl,--no-whole-archive
SHOW_XML := $(patsubst %,'-Wl$(,)--export-dynamic-symbol=%',xml* __xml* html* value* inputPush)

CFLAGS := $(if $(SAN),-O1 -fno-omit-frame-pointer -fsanitize=address$(,)undefined \
          -fno-sanitize-recover=undefined -DARENA_DEBUG,-O2) -g
override CFLAGS += -std=c11 -D_GNU_SOURCE -ffp-contract=off -Wall -Wextra -Werror -Ipipeline $(PC_CFLAGS)
LDFLAGS := $(if $(SAN),-fsanitize=address$(,)undefined)
LIBS := -Wl,-Bstatic $(STATIC_LIBS) -Wl,-Bdynamic -Wl,--as-needed $(PC_LIBS) -lhpdf -l:libstdc++.so.6 -lm
PROGRAM_LIBS := $(if $(SAN),$(LIBS),-no-pie $(SHOW_XML) -Wl,-Bstatic $(STATIC_LIBS) $(HELD_XML) $(HELD_LIBS) \
                -Wl,-Bdynamic -static-libgcc -Wl,--as-needed $(filter-out -lxml2 $(HELD_LIBS),$(PC_LIBS)) -lhpdf -lz -lm)

MAIN := pipeline/cli/main.c
ROOMS := $(sort $(patsubst pipeline/%/,%,$(dir $(wildcard pipeline/*/*.c))))
SOURCES := $(filter-out $(MAIN),$(wildcard pipeline/*.c pipeline/*/*.c))
object = $(patsubst pipeline/%.c,$(BUILD)/obj/%.o,$(1))
OBJECTS := $(call object,$(SOURCES))
ARCHIVES := $(ROOMS:%=$(BUILD)/%.a) $(if $(wildcard pipeline/*.c),$(BUILD)/document.a)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
TOOLS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*.c))
VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: all run test unit lint bench bench-growth bench-lanes conformance test-cluster accessible update clean install help objects FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/sotay

help:
	@echo 'make run                     install what is missing, build, make all publications into out/'
	@echo 'make                         build $(BUILD)/sotay'
	@echo 'make test                    install the test tools and run every test'
	@echo 'make unit                    the unit tests alone'
	@echo 'make lint                    which room includes which, sizes, forbidden calls'
	@echo 'make update                  accept the results of today as expected (tests/golden)'
	@echo 'make bench, bench-growth     time and memory of the formatter; growth by structure'
	@echo 'make bench-lanes            whether lanes are level, their pages, their time'
	@echo 'make test-cluster            a build on three Slurm nodes of this machine, one of them killed'
	@echo 'make conformance KIT=DIR     score the formatter with DIR/compare.py'
	@echo 'make accessible KIT=DIR      veraPDF 3a and ua1 over the same documents'
	@echo 'make install PREFIX=DIR      program and styles to DIR (now $(PREFIX))'
	@echo 'make clean                   remove build/'
	@echo 'with SAN=1: sanitizers; with CC=clang: the other compiler'

run:
	@scripts/setup run
	@$(MAKE) --no-print-directory -j$$(nproc) all
	$(BUILD)/sotay build

# Objects are made again when the flags change.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS) $(VERSION)' | cmp -s - $@ || echo '$(CC) $(CFLAGS) $(VERSION)' >$@

$(BUILD)/obj/%.o: pipeline/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(if $(Q),@echo cc $<)
	$(Q)$(CC) $(CFLAGS) -DSOTAY_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

objects: $(OBJECTS) $(call object,$(MAIN))

# An archive for each room, so that the test of one room links without the others.
define room_archive
$(BUILD)/$(1).a: $$(call object,$$(filter-out $$(MAIN),$$(wildcard pipeline/$(1)/*.c)))
endef
$(foreach room,$(ROOMS),$(eval $(call room_archive,$(room))))
$(BUILD)/document.a: $(call object,$(wildcard pipeline/*.c))
$(BUILD)/%.a:
	@rm -f $@
	$(Q)ar rcs $@ $^

# A copy lies in the system's cache in larger pieces than what the linker wrote,
# and starts faster by a twentieth.
$(BUILD)/sotay: $(call object,$(MAIN)) $(ARCHIVES)
	$(if $(Q),@echo link $@)
	$(Q)$(CC) $(LDFLAGS) -o $@.linked $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(PROGRAM_LIBS)
	@cp $@.linked $@.new && mv $@.new $@ && rm $@.linked

# A test links with the rooms it includes and those that LAYERS lets them
# include; one that includes document.h: with all.
included = $(shell sed -n 's/^\# *include "\([a-z]*\)[/.].*/\1/p' $(1))
below = $(foreach room,$(1),$(room) $(shell sed -n 's/^$(room): *//p' pipeline/LAYERS))
archives_of = $(if $(filter document,$(call included,$(1))),$(ARCHIVES),$(filter \
  $(patsubst %,$(BUILD)/%.a,base $(call below,$(call below,$(call included,$(1))))),$(ARCHIVES)))
define test_program
$(1): $(2) $(call archives_of,$(2)) $(BUILD)/flags
	@mkdir -p $$(@D)
	$$(if $$(Q),@echo link $$@)
	$$(Q)$$(CC) $$(CFLAGS) $$(LDFLAGS) -MMD -MP -MF $$@.d -o $$@ $(2) \
	  -Wl,--start-group $(call archives_of,$(2)) -Wl,--end-group $$(LIBS) -lcmocka
endef
$(foreach t,$(wildcard tests/unit/*_test.c),$(eval $(call test_program,$(t:tests/unit/%.c=$(BUILD)/tests/%),$(t))))
$(foreach t,$(wildcard tests/*.c),$(eval $(call test_program,$(t:tests/%.c=$(BUILD)/tests/%),$(t))))

unit: $(UNIT_TESTS)
	@status=0; for t in $(UNIT_TESTS); do echo "$$t"; $$t || status=1; done; exit $$status

$(VENV)/ready: tests/requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install -q --disable-pip-version-check -r tests/requirements.txt
	@touch $@

# veraPDF is fetched at its first use: here, not by several tests at once.
tests/verapdf/target/verapdf-check.jar: tests/verapdf/pom.xml $(wildcard tests/verapdf/src/main/java/*/*.java)
	@tests/verapdf/verapdf -h >/dev/null || test -f $@

test:
	@scripts/setup test
	@$(MAKE) --no-print-directory tests/verapdf/target/verapdf-check.jar
	@$(MAKE) --no-print-directory -j$$(nproc) $(VENV)/ready all $(UNIT_TESTS) $(TOOLS)
	@$(MAKE) --no-print-directory -j$$(nproc) SAN=1 all
	@$(PYTHON) tests/run --build $(BUILD)

lint:
	@python3 tests/lint

update: $(BUILD)/sotay $(VENV)/ready
	@$(PYTHON) tests/run --build $(BUILD) --update

bench: $(BUILD)/sotay
	@python3 scripts/bench --sotay $(BUILD)/sotay

bench-growth: $(BUILD)/sotay
	@python3 scripts/bench --sotay $(BUILD)/sotay --growth

bench-lanes: $(BUILD)/sotay
	@python3 scripts/bench-lanes --sotay $(BUILD)/sotay

# A build on a cluster of this machine's own (root), a node killed in the middle.
test-cluster:
	@scripts/setup cluster
	@$(MAKE) --no-print-directory -j$$(nproc) all
	tests/cluster/test $(BUILD)/sotay

conformance: $(BUILD)/sotay $(VENV)/ready
	@test -n '$(KIT)' || { echo 'make conformance KIT=DIR: the folder with compare.py' >&2; exit 2; }
	@mkdir -p $(BUILD)/conformance
	cd $(BUILD)/conformance && $(abspath $(PYTHON)) $(abspath $(KIT))/compare.py \
	  '$(abspath $(BUILD)/sotay) fo {in} -o {out}'

accessible: $(BUILD)/sotay tests/verapdf/target/verapdf-check.jar
	@test -n '$(KIT)' || { echo 'make accessible KIT=DIR: the folder with visible/cases.json' >&2; exit 2; }
	@scripts/accessible --sotay $(BUILD)/sotay '$(KIT)'

install: $(BUILD)/sotay
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/sotay
	install -m 755 $(BUILD)/sotay $(DESTDIR)$(PREFIX)/bin/sotay
	cp -R styles/. $(DESTDIR)$(PREFIX)/share/sotay/

clean:
	rm -rf $(or $(O),build)

-include $(OBJECTS:.o=.d) $(BUILD)/obj/cli/main.d $(wildcard $(BUILD)/tests/*.d)
