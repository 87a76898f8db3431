/* SPDX-License-Identifier: MIT */
/*
 * Two clients of a JACK server. One plays the number of the transport's frame as a sample, so every sample is an impulse of its own; the other hears it, and prints where what it hears does
 * not go on from sample to sample: "sound NS GRID_NS FRAME", "silence NS GRID_NS FRAME" (the frame that was not heard), and "stands FRAME" where the transport stopped. NS is when the sample
 * leaves the server by JACK's own time of the cycle, GRID_NS by the line that the earliest wake-ups of a second lie on; both of the monotonic clock. Argument: server.
 */
#include <jack/jack.h>
#include <jack/ringbuffer.h>
#include <jack/transport.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SCALE 16777216.0 /* 2^24: whole numbers below are exact in single precision */
#define SILENT (-1LL)

struct note {
    char kind;
    double jack_us, grid_us;
    long long frame;
};

static jack_client_t *player, *ear;
static jack_port_t *out, *in;
static jack_ringbuffer_t *heard, *stood;
static double rate;
static double earliest[2]; /* by how much wake-ups are later than the frames before them take: of this second and of the one before */
static jack_nframes_t second_began;
static _Atomic double grid;
static atomic_int is_shaken = 1;
static volatile sig_atomic_t is_over;

static void end(int signal)
{
    (void)signal;
    is_over = 1;
}

static int shake(void *arg)
{
    (void)arg;
    atomic_store(&is_shaken, 1); /* the driver begins to count anew */
    return 0;
}

/* JACK's clock is another one than the system's monotonic clock: by how much it is behind, from the quickest of some readings. */
static double behind_us(void)
{
    double best = 1e9, behind = 0;
    for (int i = 0; i < 16; i++) {
        struct timespec before, after;
        clock_gettime(CLOCK_MONOTONIC, &before);
        double jack = (double)jack_get_time() + 0.5; /* it leaves out the rest of a microsecond */
        clock_gettime(CLOCK_MONOTONIC, &after);
        double took = (after.tv_sec - before.tv_sec) * 1e6 + (after.tv_nsec - before.tv_nsec) / 1e3;
        if (took < best) {
            best = took;
            behind = before.tv_sec * 1e6 + before.tv_nsec / 1e3 + took / 2 - jack;
        }
    }
    return behind;
}

static void note(jack_ringbuffer_t *ring, struct note said)
{
    if (jack_ringbuffer_write_space(ring) >= sizeof said)
        jack_ringbuffer_write(ring, (const char *)&said, sizeof said);
}

static void watch_wakeup(void)
{
    jack_nframes_t now = jack_last_frame_time(player);
    double late = (double)jack_get_time() - now * 1e6 / rate;
    if (atomic_exchange(&is_shaken, 0)) {
        earliest[0] = earliest[1] = late;
        second_began = now;
    } else if (now - second_began > rate) {
        earliest[1] = earliest[0];
        earliest[0] = late;
        second_began = now;
    }
    earliest[0] = fmin(earliest[0], late);
    atomic_store(&grid, fmin(earliest[0], earliest[1]));
}

static int play(jack_nframes_t frames, void *arg)
{
    (void)arg;
    static long long last = SILENT;
    watch_wakeup();
    float *sound = jack_port_get_buffer(out, frames);
    jack_position_t position;
    jack_transport_state_t state = jack_transport_query(player, &position);
    for (jack_nframes_t i = 0; i < frames; i++)
        sound[i] = state == JackTransportRolling ? (float)((position.frame + i + 1) / SCALE) : 0;
    long long stands = state == JackTransportStopped ? (long long)position.frame : SILENT;
    if (stands != last && stands != SILENT)
        note(stood, (struct note){'p', 0, 0, stands});
    last = stands;
    return 0;
}

static int hear(jack_nframes_t frames, void *arg)
{
    (void)arg;
    static long long expected = SILENT;
    jack_nframes_t now;
    jack_time_t cycle, next;
    float period;
    if (jack_get_cycle_times(ear, &now, &cycle, &next, &period))
        return 0;
    double begin = now * 1e6 / rate + atomic_load(&grid);
    const float *sound = jack_port_get_buffer(in, frames);
    for (jack_nframes_t i = 0; i < frames; i++) {
        long long frame = sound[i] == 0 ? SILENT : llround(sound[i] * SCALE) - 1;
        if (frame != expected)
            note(heard, (struct note){frame == SILENT ? 'e' : 'b', cycle + i * (double)period / frames, begin + i * 1e6 / rate, frame == SILENT ? expected : frame});
        expected = frame == SILENT ? SILENT : frame + 1;
    }
    return 0;
}

static double playback_latency_us(void)
{
    double most = 0;
    const char **ports = jack_get_ports(player, NULL, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | JackPortIsInput);
    for (int i = 0; ports && ports[i]; i++) {
        jack_latency_range_t range;
        jack_port_get_latency_range(jack_port_by_name(player, ports[i]), JackPlaybackLatency, &range);
        most = fmax(most, range.max);
    }
    jack_free(ports);
    return most * 1e6 / rate;
}

static void print_all(void)
{
    struct note said;
    while (jack_ringbuffer_read(heard, (char *)&said, sizeof said) == sizeof said) {
        double latency = playback_latency_us() + behind_us();
        printf("%s %.0f %.0f %lld\n", said.kind == 'b' ? "sound" : "silence", (said.jack_us + latency) * 1000, (said.grid_us + latency) * 1000, said.frame);
    }
    while (jack_ringbuffer_read(stood, (char *)&said, sizeof said) == sizeof said)
        printf("stands %lld\n", said.frame);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    signal(SIGTERM, end);
    player = jack_client_open("player", JackNoStartServer | JackServerName, NULL, argv[1]);
    ear = jack_client_open("ear", JackNoStartServer | JackServerName, NULL, argv[1]);
    heard = jack_ringbuffer_create(4096 * sizeof(struct note));
    stood = jack_ringbuffer_create(256 * sizeof(struct note));
    if (!player || !ear || !heard || !stood)
        return 1;
    rate = jack_get_sample_rate(player);
    out = jack_port_register(player, "out", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    in = jack_port_register(ear, "in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    jack_set_process_callback(player, play, NULL);
    jack_set_process_callback(ear, hear, NULL);
    jack_set_xrun_callback(player, shake, NULL);
    if (jack_activate(player) || jack_activate(ear) || jack_connect(player, jack_port_name(out), jack_port_name(in)))
        return 1;
    printf("ready\n");
    fflush(stdout);
    while (!is_over) {
        print_all();
        struct timespec wait = {0, 10000000};
        nanosleep(&wait, NULL);
    }
    jack_client_close(ear);
    jack_client_close(player);
    return 0;
}
