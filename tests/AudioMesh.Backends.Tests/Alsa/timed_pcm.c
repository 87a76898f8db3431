// SPDX-License-Identifier: MIT
// A PCM plugin for the tests: a device that keeps time by CLOCK_MONOTONIC, has only what its definition says, and fails as told.
// Its sound is a file of raw interleaved samples, which it writes when it plays and reads when it records.
#define _GNU_SOURCE
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { STUCK_SECONDS = 6, WAKE_LATE_NS = 20000, CHANNELS = 2 };

enum fault { NONE, BUSY, DENIED, STUCK_OPEN, NO_START, STUCK_STOP, GONE, SUSPEND, HANG, ALWAYS_DRY };

static const char *const fault_names[] = {
    "none", "busy", "denied", "stuckopen", "nostart", "stuckstop", "gone", "suspend", "hang", "dry",
};

typedef struct {
    snd_pcm_ioplug_t io;
    enum fault fault;
    int64_t after;
    int64_t started_ns;
    FILE *sound;
} timed_pcm;

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void set_timer(timed_pcm *pcm, int64_t period_ns)
{
    int64_t first = period_ns == 0 ? 0 : period_ns + WAKE_LATE_NS;
    struct itimerspec every = {
        .it_interval = { period_ns / 1000000000, period_ns % 1000000000 },
        .it_value = { first / 1000000000, first % 1000000000 },
    };
    timerfd_settime(pcm->io.poll_fd, 0, &every, NULL);
}

static int timed_start(snd_pcm_ioplug_t *io)
{
    timed_pcm *pcm = io->private_data;
    if (pcm->fault == NO_START)
        return -EIO;
    pcm->started_ns = now_ns();
    set_timer(pcm, (int64_t)(io->period_size * 1000000000 / io->rate));
    return 0;
}

static int timed_stop(snd_pcm_ioplug_t *io)
{
    timed_pcm *pcm = io->private_data;
    set_timer(pcm, 0);
    if (pcm->fault == STUCK_STOP)
        sleep(STUCK_SECONDS);
    return 0;
}

static void fail(timed_pcm *pcm)
{
    if (pcm->fault == GONE) {
        snd_pcm_ioplug_set_state(&pcm->io, SND_PCM_STATE_DISCONNECTED);
    } else if (pcm->fault == SUSPEND) {
        snd_pcm_ioplug_set_state(&pcm->io, SND_PCM_STATE_SUSPENDED);
        pcm->fault = NONE;
    } else if (pcm->fault == HANG) {
        set_timer(pcm, 0);
    }
}

static snd_pcm_sframes_t timed_pointer(snd_pcm_ioplug_t *io)
{
    timed_pcm *pcm = io->private_data;
    int64_t gone = 0;
    if (io->state == SND_PCM_STATE_RUNNING)
        gone = (int64_t)((double)(now_ns() - pcm->started_ns) * io->rate / 1e9);
    if (pcm->fault == ALWAYS_DRY && gone > 0)
        return -EPIPE;
    if (gone >= pcm->after) {
        fail(pcm);
        if (pcm->fault == HANG)
            gone = pcm->after;
    }
    int64_t reach = (int64_t)io->appl_ptr + (io->stream == SND_PCM_STREAM_CAPTURE ? (int64_t)io->buffer_size : 0);
    return gone > reach ? -EPIPE : (snd_pcm_sframes_t)(gone % (int64_t)io->buffer_size);
}

static snd_pcm_sframes_t timed_transfer(
    snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t frames)
{
    timed_pcm *pcm = io->private_data;
    size_t bytes = (size_t)snd_pcm_format_physical_width(io->format) / 8;
    for (snd_pcm_uframes_t frame = offset; frame < offset + frames; frame++) {
        for (unsigned int channel = 0; channel < io->channels; channel++) {
            char *sample = (char *)areas[channel].addr + (areas[channel].first + frame * areas[channel].step) / 8;
            if (io->stream == SND_PCM_STREAM_PLAYBACK) {
                if (pcm->sound != NULL)
                    fwrite(sample, bytes, 1, pcm->sound);
            } else if (pcm->sound == NULL || fread(sample, bytes, 1, pcm->sound) != 1) {
                memset(sample, 0, bytes);
            }
        }
    }
    return (snd_pcm_sframes_t)frames;
}

static int timed_poll_revents(snd_pcm_ioplug_t *io, struct pollfd *fds, unsigned int count, unsigned short *revents)
{
    uint64_t ticks;
    *revents = 0;
    if (count == 1 && (fds[0].revents & POLLIN) && read(io->poll_fd, &ticks, sizeof ticks) > 0)
        *revents = io->stream == SND_PCM_STREAM_PLAYBACK ? POLLOUT : POLLIN;
    if (io->state == SND_PCM_STATE_DISCONNECTED || io->state == SND_PCM_STATE_SUSPENDED)
        *revents |= POLLERR;
    return 0;
}

static int timed_close(snd_pcm_ioplug_t *io)
{
    timed_pcm *pcm = io->private_data;
    close(io->poll_fd);
    if (pcm->sound != NULL)
        fclose(pcm->sound);
    free(pcm);
    return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = timed_start,
    .stop = timed_stop,
    .pointer = timed_pointer,
    .transfer = timed_transfer,
    .poll_revents = timed_poll_revents,
    .close = timed_close,
};

// The values whose names are words of the text.
static unsigned int parse_list(
    const char *text, const char *const *names, const unsigned int *values, unsigned int count, unsigned int *list)
{
    unsigned int found = 0;
    for (unsigned int i = 0; i < count; i++)
        if (strstr(text, names[i]) != NULL)
            list[found++] = values[i];
    return found;
}

static int constrain(timed_pcm *pcm, const char *access, const char *format, long rate, long least, long most)
{
    static const char *const access_names[] = { "mmapi", "mmapn", "rwi", "rwn" };
    static const unsigned int access_values[] = {
        SND_PCM_ACCESS_MMAP_INTERLEAVED, SND_PCM_ACCESS_MMAP_NONINTERLEAVED,
        SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_RW_NONINTERLEAVED,
    };
    static const char *const format_names[] = { "FLOAT_LE", "S32_LE", "S24_LE", "S24_3LE", "S16_LE", "U8" };
    static const unsigned int format_values[] = {
        SND_PCM_FORMAT_FLOAT_LE, SND_PCM_FORMAT_S32_LE, SND_PCM_FORMAT_S24_LE,
        SND_PCM_FORMAT_S24_3LE, SND_PCM_FORMAT_S16_LE, SND_PCM_FORMAT_U8,
    };
    unsigned int accesses[4];
    unsigned int formats[6];
    unsigned int access_count = parse_list(access, access_names, access_values, 4, accesses);
    unsigned int format_count = parse_list(format, format_names, format_values, 6, formats);
    if (access_count == 0 || format_count == 0)
        return -EINVAL;
    unsigned int frame_bytes = CHANNELS * (unsigned int)snd_pcm_format_physical_width((snd_pcm_format_t)formats[0]) / 8;
    int code = snd_pcm_ioplug_set_param_list(&pcm->io, SND_PCM_IOPLUG_HW_ACCESS, access_count, accesses);
    if (code >= 0)
        code = snd_pcm_ioplug_set_param_list(&pcm->io, SND_PCM_IOPLUG_HW_FORMAT, format_count, formats);
    if (code >= 0)
        code = snd_pcm_ioplug_set_param_minmax(&pcm->io, SND_PCM_IOPLUG_HW_CHANNELS, CHANNELS, CHANNELS);
    if (code >= 0)
        code = snd_pcm_ioplug_set_param_minmax(&pcm->io, SND_PCM_IOPLUG_HW_RATE, (unsigned int)rate, (unsigned int)rate);
    if (code >= 0)
        code = snd_pcm_ioplug_set_param_minmax(
            &pcm->io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, (unsigned int)least * frame_bytes, (unsigned int)most * frame_bytes);
    return code < 0 ? code : snd_pcm_ioplug_set_param_minmax(&pcm->io, SND_PCM_IOPLUG_HW_PERIODS, 2, 16);
}

static long number(snd_config_t *definition, const char *key)
{
    snd_config_t *node;
    long value = 0;
    if (snd_config_search(definition, key, &node) >= 0)
        snd_config_get_integer(node, &value);
    return value;
}

static const char *text(snd_config_t *definition, const char *key)
{
    snd_config_t *node;
    const char *value = "";
    if (snd_config_search(definition, key, &node) >= 0)
        snd_config_get_string(node, &value);
    return value;
}

static enum fault parse_fault(const char *name)
{
    for (unsigned int i = 0; i < sizeof fault_names / sizeof fault_names[0]; i++)
        if (strcmp(name, fault_names[i]) == 0)
            return (enum fault)i;
    return NONE;
}

SND_PCM_PLUGIN_DEFINE_FUNC(timed)
{
    (void)root;
    enum fault fault = parse_fault(text(conf, "fault"));
    const char *path = text(conf, "sound");
    if (fault == BUSY || fault == DENIED)
        return fault == BUSY ? -EBUSY : -EACCES;
    if (fault == STUCK_OPEN)
        sleep(STUCK_SECONDS);

    timed_pcm *pcm = calloc(1, sizeof *pcm);
    if (pcm == NULL)
        return -ENOMEM;
    pcm->fault = fault;
    pcm->after = number(conf, "after");
    pcm->sound = *path != '\0' ? fopen(path, stream == SND_PCM_STREAM_PLAYBACK ? "wb" : "rb") : NULL;
    pcm->io.version = SND_PCM_IOPLUG_VERSION;
    pcm->io.name = "AudioMesh timed test device";
    pcm->io.callback = &callbacks;
    pcm->io.private_data = pcm;
    pcm->io.poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    pcm->io.poll_events = POLLIN;
    int code = snd_pcm_ioplug_create(&pcm->io, name, stream, mode);
    if (code < 0) {
        timed_close(&pcm->io);
        return code;
    }
    code = constrain(
        pcm, text(conf, "access"), text(conf, "format"), number(conf, "rate"), number(conf, "least"), number(conf, "most"));
    if (code < 0) {
        snd_pcm_ioplug_delete(&pcm->io);
        return code;
    }
    *pcmp = pcm->io.pcm;
    return 0;
}

SND_PCM_PLUGIN_SYMBOL(timed);
