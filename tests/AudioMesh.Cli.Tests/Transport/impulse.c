/* SPDX-License-Identifier: MIT */
/* Two clients of a JACK server: one plays a sample of 1 when the transport is at a frame, the other hears it and prints when. Arguments: server, frame. */
#include <jack/jack.h>
#include <jack/transport.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static jack_client_t *player, *ear;
static jack_port_t *out, *in;
static long long frame;
static double rate;
static _Atomic long long heard_ns;
static volatile sig_atomic_t is_over;

static void end(int signal)
{
    (void)signal;
    is_over = 1;
}

static int play(jack_nframes_t frames, void *arg)
{
    (void)arg;
    float *sound = jack_port_get_buffer(out, frames);
    memset(sound, 0, frames * sizeof *sound);
    jack_position_t position;
    if (jack_transport_query(player, &position) == JackTransportRolling) {
        long long at = frame - (long long)position.frame;
        if (at >= 0 && at < (long long)frames)
            sound[at] = 1;
    }
    return 0;
}

static int hear(jack_nframes_t frames, void *arg)
{
    (void)arg;
    const float *sound = jack_port_get_buffer(in, frames);
    for (jack_nframes_t i = 0; i < frames; i++) {
        if (sound[i] > 0.5f) {
            jack_nframes_t now;
            jack_time_t cycle, next;
            float period;
            jack_get_cycle_times(ear, &now, &cycle, &next, &period);
            atomic_store(&heard_ns, (long long)(cycle * 1000.0 + i * 1e9 / rate));
        }
    }
    return 0;
}

static double playback_latency_frames(void)
{
    double most = 0;
    const char **ports = jack_get_ports(player, NULL, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | JackPortIsInput);
    for (int i = 0; ports && ports[i]; i++) {
        jack_latency_range_t range;
        jack_port_get_latency_range(jack_port_by_name(player, ports[i]), JackPlaybackLatency, &range);
        most = range.max > most ? range.max : most;
    }
    jack_free(ports);
    return most;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    frame = atoll(argv[2]);
    signal(SIGTERM, end);
    player = jack_client_open("impulse", JackNoStartServer | JackServerName, NULL, argv[1]);
    ear = jack_client_open("ear", JackNoStartServer | JackServerName, NULL, argv[1]);
    if (!player || !ear)
        return 1;
    rate = jack_get_sample_rate(player);
    out = jack_port_register(player, "out", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    in = jack_port_register(ear, "in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    jack_set_process_callback(player, play, NULL);
    jack_set_process_callback(ear, hear, NULL);
    if (jack_activate(player) || jack_activate(ear) || jack_connect(player, jack_port_name(out), jack_port_name(in)))
        return 1;
    printf("ready %u\n", jack_get_buffer_size(player));
    fflush(stdout);
    for (int i = 0; i < 30000 && !is_over; i++) {
        long long ns = atomic_exchange(&heard_ns, 0);
        if (ns) {
            printf("heard %lld\n", ns + (long long)(playback_latency_frames() * 1e9 / rate));
            fflush(stdout);
        }
        struct timespec wait = {0, 10000000};
        nanosleep(&wait, NULL);
    }
    jack_client_close(ear);
    jack_client_close(player);
    return 0;
}
