/* SPDX-License-Identifier: MIT
 *
 * AudioMesh: the C interface of libaudiomesh, the audio engine with a heap of its own.
 *
 * Everything that is not audio is a JSON request, reply or event (docs/control-protocol.md). Audio goes through rings
 * (audiomesh_ring.h), by am_node_write and am_node_read or directly on their memory.
 *
 * Threads: a function marked [any] may be called from any thread, also at once; [one] from one thread at a time for the
 * same engine or node; [realtime] neither allocates, locks nor calls the system. No function may be called for an engine
 * while or after am_engine_destroy runs, except that am_engine_next_event returns AM_ERROR_INVALID_STATE to who waits in it.
 * No exception or signal leaves the library. Every function that returns am_status returns AM_OK or an error; the error's
 * text is in am_last_error of the same thread.
 */
#ifndef AUDIOMESH_H
#define AUDIOMESH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a program compiled against an older header could break. */
#define AM_ABI_VERSION 1u

typedef enum am_status {
    AM_OK = 0,
    AM_ERROR_INTERNAL = 1,
    AM_ERROR_INVALID_ARGUMENT = 2,
    AM_ERROR_INVALID_STATE = 3,
    AM_ERROR_NOT_FOUND = 4,
    AM_ERROR_LIMIT_EXCEEDED = 5,
    AM_ERROR_DEVICE_UNAVAILABLE = 6,
    AM_ERROR_DEVICE_BUSY = 7,
    AM_ERROR_DEVICE_LOST = 8,
    AM_ERROR_FORMAT_UNSUPPORTED = 9,
    AM_ERROR_PERMISSION_DENIED = 10,
    AM_ERROR_LIBRARY_MISSING = 11,
    AM_ERROR_TIMEOUT = 12,
    AM_ERROR_FILE_INVALID = 13,
    AM_ERROR_FILE_UNREADABLE = 14,
    AM_ERROR_DISK_FULL = 15,
    AM_ERROR_PROTOCOL = 16,
    AM_ERROR_QUOTA_EXCEEDED = 17,
    AM_ERROR_BUSY = 18
} am_status;

typedef enum am_engine_state {
    AM_STATE_STOPPED = 0,
    AM_STATE_RUNNING = 1,
    AM_STATE_HOLDOVER = 2 /* the device is gone; time goes on without it until it returns */
} am_engine_state;

typedef struct am_engine am_engine;

/* All counters run from the engine's creation. Times are microseconds, kept by log-linear histograms (error below 4 %). */
typedef struct am_telemetry {
    uint32_t size;              /* set by the caller to sizeof(am_telemetry); fields beyond it are not written */
    uint32_t state;             /* am_engine_state */
    uint32_t rate;              /* frames per second, 0 without a device */
    uint32_t period;            /* frames per device callback */
    uint64_t periods;           /* device callbacks */
    uint64_t missed;            /* periods the device had to go without us */
    uint64_t device_xruns;      /* as the device reported them */
    uint64_t overruns;          /* callbacks that ended after their deadline */
    uint64_t underruns;         /* gaps of app sources */
    uint64_t underrun_frames;   /* frames in them */
    uint64_t predicted_frames;  /* frames that prediction made audible, in the gaps of all nodes */
    uint64_t gc_underruns;      /* gaps that a pause of the app's runtime explains */
    uint64_t events_dropped;    /* events nobody took in time */
    uint64_t allocated_bytes;   /* allocated on the device thread since it started */
    uint32_t collections;       /* garbage collections of the engine's own runtime */
    uint32_t realtime;          /* 1 when the device thread has realtime priority */
    double load;                /* share of the period spent rendering, smoothed */
    double load_peak;           /* the highest such share */
    double lateness_p50_us;     /* from when the period was due to when the callback began */
    double lateness_p99_us;
    double lateness_p999_us;
    double lateness_max_us;
    double render_p50_us;       /* time spent in a callback */
    double render_p99_us;
    double render_p999_us;
    double render_max_us;
    int64_t position;           /* frames rendered */
    int64_t mesh_time;          /* mesh time, ns, at which the frame at position leaves the device */
} am_telemetry;

/* [any] AM_ABI_VERSION of the library; compare before anything else. */
uint32_t am_abi_version(void);

/* [any] The library's version, for people; never freed. */
const char *am_version(void);

/* [any] The name of a status as the control protocol spells it ("device_unavailable"); never freed. */
const char *am_status_name(am_status status);

/* [any] Copies the text of this thread's last error, zero-terminated, cut to capacity; returns its whole length. */
size_t am_last_error(char *text, size_t capacity);

/* [any] Makes an engine. options is a JSON object as docs/c-abi.md lists it, or NULL for the defaults. */
am_status am_engine_create(const char *options, size_t length, am_engine **engine);

/* [one] Ends sound and files within 5 s and frees everything, rings included. NULL is allowed. */
am_status am_engine_destroy(am_engine *engine);

/* [any] Carries out one JSON request. The reply, not zero-terminated, goes to reply; if capacity is too small nothing is
 * copied, reply_length says what is needed, the result is AM_ERROR_LIMIT_EXCEEDED, and the same thread may fetch the reply by
 * a call with request NULL. A request that fails returns AM_OK with {"ok":false,...} as its reply. */
am_status am_engine_request(am_engine *engine, const char *request, size_t length,
                            char *reply, size_t capacity, size_t *reply_length);

/* [one] Waits up to timeout_ms (0: not at all, -1: for ever) for the next subscribed event; AM_ERROR_TIMEOUT when none came. An
 * event longer than capacity stays, with its length in event_length and AM_ERROR_LIMIT_EXCEEDED as the result. */
am_status am_engine_next_event(am_engine *engine, char *event, size_t capacity, size_t *event_length, int32_t timeout_ms);

/* [any] Fills telemetry, whose size field the caller has set. */
am_status am_engine_telemetry(am_engine *engine, am_telemetry *telemetry);

/* [any] The ring of an app_source (to write) or app_sink (to read). Valid until the node or the engine is destroyed. */
am_status am_node_ring(am_engine *engine, uint32_t node, void **memory, size_t *bytes);

/* [one] [realtime] Copies up to frames interleaved frames to an app_source; written says how many it took. timestamp is the
 * mesh time in ns of the first, or INT64_MIN. */
am_status am_node_write(am_engine *engine, uint32_t node, const float *samples, uint32_t frames, int64_t timestamp,
                        uint32_t *written);

/* [one] [realtime] Copies up to frames interleaved frames from an app_sink; read says how many there were; timestamp and
 * flags, which may be NULL, are those of the first (jam_audio_frame). */
am_status am_node_read(am_engine *engine, uint32_t node, float *samples, uint32_t frames, uint32_t *read,
                       int64_t *timestamp, uint32_t *flags);

/* [one] Says that an app_source gets no more; it ends when its ring is empty. */
am_status am_node_complete(am_engine *engine, uint32_t node);

#ifdef __cplusplus
}
#endif

#endif
