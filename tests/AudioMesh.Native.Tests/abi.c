/* SPDX-License-Identifier: MIT
 * A program against audiomesh.h that means no good: abi LIBRARY CHECK ends with 0 when the library stood it. */
#include "audiomesh.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(condition)                                                     \
    do {                                                                     \
        if (!(condition)) {                                                  \
            fprintf(stderr, "line %d: %s\n", __LINE__, #condition);          \
            exit(1);                                                         \
        }                                                                    \
    } while (0)

#define FUNCTIONS(X)                                                         \
    X(am_abi_version) X(am_version) X(am_status_name) X(am_last_error)       \
    X(am_engine_create) X(am_engine_destroy) X(am_engine_request)            \
    X(am_engine_next_event) X(am_engine_telemetry) X(am_node_ring)           \
    X(am_node_write) X(am_node_read) X(am_node_complete)

#define DECLARE(name) static __typeof__(name) *name##_;
FUNCTIONS(DECLARE)

static am_engine *create(void)
{
    am_engine *engine = NULL;
    CHECK(am_engine_create_(NULL, 0, &engine) == AM_OK && engine != NULL);
    return engine;
}

/* The reply, zero-terminated, in memory that the next call reuses. */
static const char *ask(am_engine *engine, const char *request)
{
    static char reply[1 << 16];
    size_t length = 0;
    CHECK(am_engine_request_(engine, request, strlen(request), reply, sizeof reply - 1, &length) == AM_OK);
    reply[length] = 0;
    return reply;
}

static uint32_t make(am_engine *engine, const char *request)
{
    const char *id = strstr(ask(engine, request), "\"id\":");
    CHECK(id != NULL);
    return (uint32_t)strtoul(id + 5, NULL, 10);
}

static void refuses(am_status status, am_status expected)
{
    char text[512] = "";
    CHECK(status == expected);
    CHECK(am_last_error_(text, sizeof text) > 0 && text[0] != 0);
}

static void rest(long milliseconds)
{
    struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
    nanosleep(&time, NULL);
}

static void null_arguments(void)
{
    char buffer[256];
    float samples[64] = { 0 };
    size_t length;
    uint32_t frames;
    void *memory;
    am_telemetry telemetry = { .size = sizeof telemetry };
    am_engine *engine = create();
    uint32_t source = make(engine, "{\"cmd\":\"create_node\",\"type\":\"app_source\"}");
    CHECK(am_engine_destroy_(NULL) == AM_OK);
    refuses(am_engine_create_(NULL, 0, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_engine_request_(NULL, "{}", 2, buffer, sizeof buffer, &length), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_engine_request_(engine, "{}", 2, buffer, sizeof buffer, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_engine_next_event_(NULL, buffer, sizeof buffer, &length, 0), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_engine_next_event_(engine, buffer, sizeof buffer, NULL, 0), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_engine_telemetry_(NULL, &telemetry), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_engine_telemetry_(engine, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_ring_(NULL, source, &memory, &length), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_ring_(engine, source, NULL, &length), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_ring_(engine, source, &memory, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_write_(engine, source, NULL, 1, INT64_MIN, &frames), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_write_(engine, source, samples, 1, INT64_MIN, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_write_(NULL, source, samples, 1, INT64_MIN, &frames), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_read_(engine, source, samples, 1, NULL, NULL, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_complete_(NULL, source), AM_ERROR_INVALID_ARGUMENT);
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void wrong_nodes(void)
{
    float samples[64] = { 0 };
    char destroy[64];
    uint32_t frames;
    size_t bytes;
    void *memory;
    am_engine *engine = create();
    uint32_t source = make(engine, "{\"cmd\":\"create_node\",\"type\":\"app_source\"}");
    uint32_t gain = make(engine, "{\"cmd\":\"create_node\",\"type\":\"gain\"}");
    refuses(am_node_read_(engine, source, samples, 1, &frames, NULL, NULL), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_write_(engine, gain, samples, 1, 0, &frames), AM_ERROR_INVALID_ARGUMENT);
    refuses(am_node_ring_(engine, 4000000000u, &memory, &bytes), AM_ERROR_NOT_FOUND);
    refuses(am_node_complete_(engine, 77), AM_ERROR_NOT_FOUND);
    CHECK(am_node_write_(engine, source, samples, 0, 0, &frames) == AM_OK && frames == 0);
    snprintf(destroy, sizeof destroy, "{\"cmd\":\"destroy_node\",\"id\":%u}", source);
    CHECK(strstr(ask(engine, destroy), "\"ok\":true") != NULL);
    refuses(am_node_write_(engine, source, samples, 1, 0, &frames), AM_ERROR_NOT_FOUND);
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void small_buffers(void)
{
    char reply[4096];
    char text[8];
    size_t length = 0;
    size_t again = 0;
    am_engine *engine = create();
    memset(reply, 'x', sizeof reply);
    CHECK(am_engine_request_(engine, "{\"cmd\":\"ping\"}", 14, reply, 3, &length) == AM_ERROR_LIMIT_EXCEEDED);
    CHECK(length > 3 && length < sizeof reply && reply[0] == 'x');
    CHECK(am_engine_request_(engine, NULL, 0, reply, length - 1, &again) == AM_ERROR_LIMIT_EXCEEDED && again == length);
    CHECK(am_engine_request_(engine, NULL, 0, reply, length, &again) == AM_OK && again == length);
    CHECK(reply[0] == '{' && reply[length - 1] == '}' && reply[length] == 'x');
    refuses(am_engine_request_(engine, NULL, 0, reply, sizeof reply, &again), AM_ERROR_INVALID_STATE);
    memset(text, 'x', sizeof text);
    CHECK(am_last_error_(text, 4) > 4 && strlen(text) == 3 && text[4] == 'x');
    CHECK(am_last_error_(NULL, 0) > 4);
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void small_event_buffer(void)
{
    char event[4096];
    size_t length = 0;
    size_t again = 0;
    am_engine *engine = create();
    ask(engine, "{\"cmd\":\"subscribe\",\"events\":[\"device\"]}");
    CHECK(am_engine_next_event_(engine, event, sizeof event, &length, 0) == AM_ERROR_TIMEOUT && length == 0);
    ask(engine, "{\"cmd\":\"device_open\",\"driver\":\"null\"}");
    CHECK(am_engine_next_event_(engine, event, 1, &length, 5000) == AM_ERROR_LIMIT_EXCEEDED && length > 1);
    CHECK(am_engine_next_event_(engine, event, length, &again, 0) == AM_OK && again == length);
    CHECK(event[0] == '{' && event[length - 1] == '}');
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void garbage(void)
{
    static char huge[(1 << 20) + 1];
    static char reply[1 << 16];
    static const char *const texts[] = {
        "", " ", "{", "}", "[]", "null", "1e999", "{\"cmd\":", "{\"cmd\":null}", "{\"cmd\":\"\"}", "{\"cmd\":\"ping\",}",
        "{\"cmd\":\"create_node\",\"type\":\"tone\",\"args\":{\"freq\":\"high\"}}", "{\"cmd\":\"create_node\",\"type\":7}",
        "{\"cmd\":\"connect\",\"from\":-1,\"to\":99999999999999999999}", "\xff\xfe\xfd", "{\"cmd\":\"\xc3\"}", "{\"cmd\":\"\\ud800\"}",
    };
    size_t length = 0;
    am_engine *engine = create();
    am_engine *other = NULL;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CHECK(strstr(ask(engine, texts[i]), "\"ok\":false") != NULL);
    }
    memset(huge, '[', sizeof huge);
    CHECK(am_engine_request_(engine, huge, 100000, reply, sizeof reply, &length) == AM_OK);
    refuses(am_engine_request_(engine, huge, sizeof huge, reply, sizeof reply, &length), AM_ERROR_LIMIT_EXCEEDED);
    srand(1);
    for (int i = 0; i < 2000; i++) {
        size_t count = (size_t)(rand() % 200);
        for (size_t k = 0; k < count; k++) {
            huge[k] = (char)rand();
        }
        CHECK(am_engine_request_(engine, huge, count, reply, sizeof reply, &length) == AM_OK);
    }
    refuses(am_engine_create_("{\"max", 5, &other), AM_ERROR_PROTOCOL);
    refuses(am_engine_create_("[1]", 3, &other), AM_ERROR_PROTOCOL);
    refuses(am_engine_create_("{\"max_nodes\":0}", 15, &other), AM_ERROR_INVALID_ARGUMENT);
    CHECK(strstr(ask(engine, "{\"cmd\":\"ping\"}"), "\"ok\":true") != NULL);
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void *wait_for_events(void *engine)
{
    char event[4096];
    size_t length;
    am_status status;
    do {
        status = am_engine_next_event_(engine, event, sizeof event, &length, -1);
    } while (status == AM_OK);
    return (void *)(intptr_t)status;
}

static void destroy_while_waiting(void)
{
    for (int i = 0; i < 20; i++) {
        pthread_t thread;
        void *status = NULL;
        am_engine *engine = create();
        ask(engine, "{\"cmd\":\"subscribe\",\"events\":[\"state\"]}");
        CHECK(pthread_create(&thread, NULL, wait_for_events, engine) == 0);
        rest(50);
        CHECK(am_engine_destroy_(engine) == AM_OK);
        CHECK(pthread_join(thread, &status) == 0);
        CHECK((am_status)(intptr_t)status == AM_ERROR_INVALID_STATE);
    }
}

static void telemetry(void)
{
    struct {
        am_telemetry figures;
        unsigned char beyond[64];
    } room;
    am_engine *engine = create();
    ask(engine, "{\"cmd\":\"device_open\",\"driver\":\"null\",\"rate\":48000,\"period\":64}");
    ask(engine, "{\"cmd\":\"start\"}");
    rest(200);
    memset(&room, 0xAA, sizeof room);
    room.figures.size = sizeof room;
    CHECK(am_engine_telemetry_(engine, &room.figures) == AM_OK);
    CHECK(room.figures.rate == 48000 && room.figures.period == 64 && room.figures.state == AM_STATE_RUNNING);
    CHECK(room.figures.periods > 0 && room.figures.periods < 100000 && room.figures.allocated_bytes == 0);
    CHECK(room.figures.position > 0 && room.figures.mesh_time > 0 && room.figures.render_max_us >= room.figures.render_p50_us);
    for (size_t i = 0; i < sizeof room.beyond; i++) {
        CHECK(room.beyond[i] == 0xAA);
    }
    memset(&room, 0xAA, sizeof room);
    room.figures.size = offsetof(am_telemetry, periods);
    CHECK(am_engine_telemetry_(engine, &room.figures) == AM_OK);
    CHECK(room.figures.period == 64 && room.figures.periods == 0xAAAAAAAAAAAAAAAAu);
    room.figures.size = 4;
    refuses(am_engine_telemetry_(engine, &room.figures), AM_ERROR_INVALID_ARGUMENT);
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void sound(void)
{
    float written[2 * 1024];
    float read[2 * 1024];
    char request[128];
    uint32_t frames = 0;
    uint32_t got = 0;
    am_engine *engine = create();
    ask(engine, "{\"cmd\":\"device_open\",\"driver\":\"null\",\"rate\":48000,\"period\":64}");
    uint32_t source = make(engine, "{\"cmd\":\"create_node\",\"type\":\"app_source\",\"args\":{\"frames\":1024}}");
    uint32_t sink = make(engine, "{\"cmd\":\"create_node\",\"type\":\"app_sink\",\"args\":{\"frames\":65536}}");
    snprintf(request, sizeof request, "{\"cmd\":\"connect\",\"from\":%u,\"to\":%u}", source, sink);
    CHECK(strstr(ask(engine, request), "\"ok\":true") != NULL);
    for (int i = 0; i < 2 * 1024; i++) {
        written[i] = (float)(i + 1) / 4096;
    }
    CHECK(am_node_write_(engine, source, written, 5000, INT64_MIN, &frames) == AM_OK && frames == 1024);
    CHECK(am_node_complete_(engine, source) == AM_OK);
    ask(engine, "{\"cmd\":\"start\"}");
    for (int tries = 0; got < 1024 && tries < 5000; tries++) {
        CHECK(am_node_read_(engine, sink, read + 2 * got, got == 0 ? 1 : 1024 - got, &frames, NULL, NULL) == AM_OK);
        got += got == 0 && read[0] == 0 ? 0 : frames;
        rest(frames == 0);
    }
    CHECK(got == 1024 && memcmp(written, read, sizeof written) == 0);
    CHECK(am_engine_destroy_(engine) == AM_OK);
}

static void names(void)
{
    CHECK(am_abi_version_() == AM_ABI_VERSION);
    CHECK(strlen(am_version_()) > 4 && am_version_() == am_version_());
    CHECK(strcmp(am_status_name_(AM_OK), "ok") == 0);
    CHECK(strcmp(am_status_name_(AM_ERROR_DEVICE_UNAVAILABLE), "device_unavailable") == 0);
    for (int status = -3; status < 100; status++) {
        CHECK(am_status_name_((am_status)status) != NULL && am_status_name_((am_status)status)[0] != 0);
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } checks[] = {
        { "null_arguments", null_arguments }, { "wrong_nodes", wrong_nodes }, { "small_buffers", small_buffers },
        { "small_event_buffer", small_event_buffer }, { "garbage", garbage }, { "destroy_while_waiting", destroy_while_waiting },
        { "telemetry", telemetry }, { "sound", sound }, { "names", names },
    };
    CHECK(argc == 3);
    void *library = dlopen(argv[1], RTLD_NOW);
    CHECK(library != NULL);
#define LOAD(name)                                                           \
    *(void **)&name##_ = dlsym(library, #name);                              \
    CHECK(name##_ != NULL);
    FUNCTIONS(LOAD)
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (strcmp(checks[i].name, argv[2]) == 0) {
            checks[i].run();
            return 0;
        }
    }
    return 2;
}
