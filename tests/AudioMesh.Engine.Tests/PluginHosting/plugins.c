// SPDX-License-Identifier: MIT
// LADSPA plug-ins whose behaviour the tests know.
#include <ladspa.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PORTS = 8, DELAY = 37 };

struct instance {
    LADSPA_Data *port[PORTS];
    LADSPA_Data past[DELAY];
    unsigned long at;
};

static LADSPA_Handle make(const LADSPA_Descriptor *descriptor, unsigned long rate) {
    (void)descriptor;
    (void)rate;
    return calloc(1, sizeof(struct instance));
}

static LADSPA_Handle refuse(const LADSPA_Descriptor *descriptor, unsigned long rate) {
    (void)descriptor;
    (void)rate;
    return NULL;
}

static void connect(LADSPA_Handle handle, unsigned long port, LADSPA_Data *memory) { ((struct instance *)handle)->port[port] = memory; }

// A plug-in may use its input as it likes.
static void run_level(LADSPA_Handle handle, unsigned long frames) {
    LADSPA_Data **port = ((struct instance *)handle)->port;
    for (unsigned long i = 0; i < frames; i++) {
        port[1][i] = port[0][i] * port[2][0];
        port[0][i] = 1000;
    }
    port[7][0] = port[3][0];
}

static void run_poison(LADSPA_Handle handle, unsigned long frames) {
    LADSPA_Data **port = ((struct instance *)handle)->port;
    for (unsigned long i = 0; i < frames; i++) {
        port[1][i] = port[2][0] <= 0 ? port[0][i] : i % 2 == 0 ? NAN : INFINITY;
    }
}

static void run_late(LADSPA_Handle handle, unsigned long frames) {
    struct instance *self = handle;
    for (unsigned long i = 0; i < frames; i++) {
        self->port[1][i] = self->past[self->at % DELAY];
        self->past[self->at++ % DELAY] = self->port[0][i];
    }
    self->port[2][0] = DELAY;
}

static void run_swap(LADSPA_Handle handle, unsigned long frames) {
    LADSPA_Data **port = ((struct instance *)handle)->port;
    memcpy(port[2], port[1], frames * sizeof(LADSPA_Data));
    memcpy(port[3], port[0], frames * sizeof(LADSPA_Data));
}

static void run_peak(LADSPA_Handle handle, unsigned long frames) {
    LADSPA_Data **port = ((struct instance *)handle)->port;
    for (unsigned long i = 0; i < frames; i++) {
        port[1][0] = fabsf(port[0][i]) > port[1][0] ? fabsf(port[0][i]) : port[1][0];
    }
}

#define IN_A (LADSPA_PORT_INPUT | LADSPA_PORT_AUDIO)
#define OUT_A (LADSPA_PORT_OUTPUT | LADSPA_PORT_AUDIO)
#define IN_C (LADSPA_PORT_INPUT | LADSPA_PORT_CONTROL)
#define OUT_C (LADSPA_PORT_OUTPUT | LADSPA_PORT_CONTROL)
#define BOUNDED (LADSPA_HINT_BOUNDED_BELOW | LADSPA_HINT_BOUNDED_ABOVE)
#define PLUGIN(name, properties, begin, process, count, kinds, names, hints) \
    {.UniqueID = 1, .Label = name, .Properties = properties, .Name = "The tests' " name, .Maker = "the tests", .Copyright = "None", .PortCount = count, \
     .PortDescriptors = kinds, .PortNames = names, .PortRangeHints = hints, .instantiate = begin, .connect_port = connect, .run = process, .cleanup = free}

static const LADSPA_PortDescriptor level_kinds[] = {IN_A, OUT_A, IN_C, IN_C, IN_C, IN_C, IN_C, OUT_C};
static const char *const level_names[] = {"Input", "Output", "Level", "Cutoff (Hz)", "Steps", "Switch", "Level", "Seen cutoff (Hz)"};
static const LADSPA_PortRangeHint level_hints[] = {
    {0, 0, 0},
    {0, 0, 0},
    {BOUNDED | LADSPA_HINT_DEFAULT_1, 0, 4},
    {BOUNDED | LADSPA_HINT_SAMPLE_RATE | LADSPA_HINT_LOGARITHMIC | LADSPA_HINT_DEFAULT_MIDDLE, 0.001f, 0.4f},
    {BOUNDED | LADSPA_HINT_INTEGER | LADSPA_HINT_DEFAULT_MAXIMUM, -0.1f, 3.1f},
    {LADSPA_HINT_TOGGLED | LADSPA_HINT_DEFAULT_1, 0, 0},
    {LADSPA_HINT_BOUNDED_BELOW | LADSPA_HINT_DEFAULT_LOW, 5, 0},
    {0, 0, 0}};

static const LADSPA_PortDescriptor poison_kinds[] = {IN_A, OUT_A, IN_C};
static const char *const poison_names[] = {"Input", "Output", "Poison"};
static const LADSPA_PortRangeHint poison_hints[] = {{0, 0, 0}, {0, 0, 0}, {LADSPA_HINT_TOGGLED, 0, 0}};

static const LADSPA_PortDescriptor late_kinds[] = {IN_A, OUT_A, OUT_C};
static const char *const late_names[] = {"Input", "Output", "latency"};

static const LADSPA_PortDescriptor swap_kinds[] = {IN_A, IN_A, OUT_A, OUT_A};
static const char *const swap_names[] = {"Input 1", "Input 2", "Output 1", "Output 2"};

static const LADSPA_PortDescriptor peak_kinds[] = {IN_A, OUT_C};
static const char *const peak_names[] = {"Input", "Peak"};

static const LADSPA_PortRangeHint no_hints[PORTS];

static const LADSPA_Descriptor plugins[] = {
    PLUGIN("level", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, run_level, 8, level_kinds, level_names, level_hints),
    PLUGIN("poison", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, run_poison, 3, poison_kinds, poison_names, poison_hints),
    PLUGIN("late", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, run_late, 3, late_kinds, late_names, no_hints),
    PLUGIN("swap", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, run_swap, 4, swap_kinds, swap_names, no_hints),
    PLUGIN("peak", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, run_peak, 2, peak_kinds, peak_names, no_hints),
    PLUGIN("soft", 0, make, run_swap, 4, swap_kinds, swap_names, no_hints),
    PLUGIN("refuses", LADSPA_PROPERTY_HARD_RT_CAPABLE, refuse, run_swap, 4, swap_kinds, swap_names, no_hints),
    PLUGIN("deaf", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, run_peak, 1, peak_kinds + 1, peak_names + 1, no_hints),
    PLUGIN("broken", LADSPA_PROPERTY_HARD_RT_CAPABLE, make, NULL, 4, swap_kinds, swap_names, no_hints),
};

const LADSPA_Descriptor *ladspa_descriptor(unsigned long index) {
    return index < sizeof plugins / sizeof *plugins ? &plugins[index] : NULL;
}
