// SPDX-License-Identifier: MIT
/* Two seconds of a sine through libaudiomesh. First argument: the driver, "auto" where not given. */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audiomesh.h"

enum { channels = 2, block_frames = 480 };

static void check(am_status status, const char *what) {
    if (status == AM_OK) return;
    char text[512];
    am_last_error(text, sizeof text);
    fprintf(stderr, "%s: %s: %s\n", what, am_status_name(status), text);
    exit(1);
}

/* Sends a request and gives the reply's number called field, or 0. Ends the program on {"ok":false,...}. */
static unsigned ask(am_engine *engine, const char *request, const char *field) {
    char reply[4096];
    size_t length;
    check(am_engine_request(engine, request, strlen(request), reply, sizeof reply - 1, &length), request);
    reply[length] = 0;
    if (strncmp(reply, "{\"ok\":true", 10) != 0) {
        fprintf(stderr, "%s\n%s\n", request, reply);
        exit(1);
    }
    char name[32];
    snprintf(name, sizeof name, "\"%s\":", field);
    const char *found = strstr(reply, name);
    return found ? (unsigned)strtoul(found + strlen(name), NULL, 10) : 0;
}

static void play(am_engine *engine, unsigned source, unsigned rate) {
    float block[block_frames * channels];
    const struct timespec pause = {0, 5000000};
    for (unsigned position = 0; position < 2 * rate;) {
        for (unsigned i = 0; i < block_frames; i++) {
            float sample = 0.25f * (float)sin(6.283185307179586 * 440.0 * (position + i) / rate);
            for (unsigned channel = 0; channel < channels; channel++) block[i * channels + channel] = sample;
        }
        unsigned done = 0;
        while (done < block_frames) {
            uint32_t written;
            check(am_node_write(engine, source, block + done * channels, block_frames - done, INT64_MIN, &written), "write");
            done += written;
            if (written == 0) nanosleep(&pause, NULL);
        }
        position += block_frames;
    }
    check(am_node_complete(engine, source), "complete");
}

int main(int count, char **arguments) {
    if (am_abi_version() != AM_ABI_VERSION) {
        fprintf(stderr, "libaudiomesh is of another version than audiomesh.h\n");
        return 1;
    }
    am_engine *engine;
    check(am_engine_create(NULL, 0, &engine), "create");

    char request[256];
    snprintf(request, sizeof request, "{\"cmd\":\"device_open\",\"driver\":\"%s\"}", count > 1 ? arguments[1] : "auto");
    unsigned rate = ask(engine, request, "rate");
    snprintf(request, sizeof request,
        "{\"cmd\":\"create_node\",\"type\":\"app_source\",\"args\":{\"frames\":8192,\"depth\":4800,\"channels\":2,\"rate\":%u}}", rate);
    unsigned source = ask(engine, request, "id");
    unsigned sink = ask(engine, "{\"cmd\":\"create_node\",\"type\":\"device_sink\"}", "id");
    snprintf(request, sizeof request, "{\"cmd\":\"connect\",\"from\":%u,\"to\":%u}", source, sink);
    ask(engine, request, "");
    ask(engine, "{\"cmd\":\"subscribe\",\"events\":[\"state\",\"xrun\",\"node\"]}", "");
    ask(engine, "{\"cmd\":\"start\"}", "");

    play(engine, source, rate);
    char event[1024] = "";
    while (strstr(event, "\"ended\"") == NULL) {
        size_t length;
        check(am_engine_next_event(engine, event, sizeof event - 1, &length, 10000), "event");
        event[length] = 0;
        puts(event);
    }

    am_telemetry telemetry = {.size = sizeof telemetry};
    check(am_engine_telemetry(engine, &telemetry), "telemetry");
    printf("%llu periods of %u frames, %llu underruns\n", (unsigned long long)telemetry.periods, telemetry.period,
        (unsigned long long)telemetry.underruns);
    check(am_engine_destroy(engine), "destroy");
    return 0;
}
