// SPDX-License-Identifier: MIT
// The plain loops that the kernels of AudioMesh.Dsp are measured against: no intrinsics, what a C programmer would write and
// gcc -O3 -march=native -ffp-contract=off makes of it.
#include <math.h>
#include <stddef.h>
#include <stdint.h>

void mix_add(const float *restrict from, float *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] += from[i];
}

void mix_add_scaled(const float *restrict from, float gain, float *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] += from[i] * gain;
}

void gain_apply(float *samples, float gain, long count)
{
    for (long i = 0; i < count; i++)
        samples[i] *= gain;
}

void gain_ramp(float *samples, float from, float to, long count)
{
    float step = (to - from) * (1.0f / (float)count);
    for (long i = 0; i < count; i++)
        samples[i] *= from + step * (float)(int32_t)i;
}

void add_ramped(const float *restrict source, float from, float to, float *restrict destination, long count)
{
    float step = (to - from) * (1.0f / (float)count);
    for (long i = 0; i < count; i++)
        destination[i] += source[i] * (from + step * (float)(int32_t)i);
}

void power_ramp(float *samples, float from, float to, long count)
{
    float power = from * from;
    float step = (to * to - power) * (1.0f / (float)count);
    for (long i = 0; i < count; i++) {
        float p = power + step * (float)(int32_t)i;
        samples[i] *= __builtin_sqrtf(p > 0 ? p : 0);
    }
}

static inline int32_t quantize(float sample, float scale)
{
    float scaled = (sample == sample ? sample : 0) * scale;
    scaled = scaled > -scale ? scaled : -scale;
    scaled = scaled < scale - 1 ? scaled : scale - 1;
    return (int32_t)rintf(scaled);
}

void to_int16(const float *restrict from, int16_t *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] = (int16_t)quantize(from[i], 32768.0f);
}

void to_int16_big_endian(const float *restrict from, int16_t *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] = (int16_t)__builtin_bswap16((uint16_t)quantize(from[i], 32768.0f));
}

static inline float dither(uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x7FEB352Du;
    x = (x ^ (x >> 15)) * 0x846CA68Bu;
    x ^= x >> 16;
    return (float)((int32_t)((x & 0xFFFF) + (x >> 16)) - 0xFFFF) * (1.0f / 0x10000);
}

void to_int16_dithered(const float *restrict from, int16_t *restrict to, long count, uint32_t seed)
{
    for (long i = 0; i < count; i++) {
        float sample = (from[i] == from[i] ? from[i] : 0) * 32768.0f + dither(seed + (uint32_t)i);
        sample = sample > -32768.0f ? sample : -32768.0f;
        sample = sample < 32767.0f ? sample : 32767.0f;
        to[i] = (int16_t)(int32_t)rintf(sample);
    }
}

void from_int16(const int16_t *restrict from, float *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] = (float)from[i] * (1.0f / 32768);
}

void to_int24(const float *restrict from, uint8_t *restrict to, long count)
{
    for (long i = 0; i < count; i++) {
        int32_t value = quantize(from[i], 8388608.0f);
        to[3 * i] = (uint8_t)value;
        to[3 * i + 1] = (uint8_t)(value >> 8);
        to[3 * i + 2] = (uint8_t)(value >> 16);
    }
}

void from_int24(const uint8_t *restrict from, float *restrict to, long count)
{
    for (long i = 0; i < count; i++) {
        uint32_t bits = (uint32_t)from[3 * i] << 8 | (uint32_t)from[3 * i + 1] << 16 | (uint32_t)from[3 * i + 2] << 24;
        to[i] = (float)((int32_t)bits >> 8) * (1.0f / 8388608);
    }
}

void to_int24_in_32(const float *restrict from, int32_t *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] = quantize(from[i], 8388608.0f);
}

void to_int32(const float *restrict from, int32_t *restrict to, long count)
{
    for (long i = 0; i < count; i++) {
        float scaled = (from[i] == from[i] ? from[i] : 0) * 2147483648.0f;
        to[i] = scaled >= 2147483648.0f ? INT32_MAX : (int32_t)rintf(scaled > -2147483648.0f ? scaled : -2147483648.0f);
    }
}

void from_int32(const int32_t *restrict from, float *restrict to, long count)
{
    for (long i = 0; i < count; i++)
        to[i] = (float)from[i] * (1.0f / 2147483648.0f);
}

void split_stereo(const float *restrict frames, float *restrict planar, long count)
{
    for (long i = 0; i < count; i++) {
        planar[i] = frames[2 * i];
        planar[count + i] = frames[2 * i + 1];
    }
}

void join_stereo(const float *restrict planar, float *restrict frames, long count)
{
    for (long i = 0; i < count; i++) {
        frames[2 * i] = planar[i];
        frames[2 * i + 1] = planar[count + i];
    }
}

float peak(const float *samples, long count)
{
    float largest = 0;
    for (long i = 0; i < count; i++) {
        float magnitude = fabsf(samples[i]);
        largest = magnitude > largest ? magnitude : largest;
    }
    return largest;
}

float rms(const float *samples, long count)
{
    double sums[16] = {0};
    long i = 0;
    for (; i + 16 <= count; i += 16)
        for (int lane = 0; lane < 16; lane++) {
            double sample = samples[i + lane] == samples[i + lane] ? samples[i + lane] : 0;
            sums[lane] += sample * sample;
        }
    for (; i < count; i++)
        sums[i % 16] += (double)samples[i] * samples[i];
    for (int apart = 8; apart > 0; apart /= 2)
        for (int lane = 0; lane < apart; lane++)
            sums[lane] += sums[lane + apart];
    return (float)sqrt(sums[0] / (double)count);
}

// taps: tap by tap the four phases. samples has eleven earlier ones before it.
float true_peak(const float *restrict samples, const float *restrict taps, long count)
{
    float largest = 0;
    for (long i = 0; i < count; i++)
        for (int phase = 0; phase < 4; phase++) {
            float sum = 0;
            for (int tap = 0; tap < 12; tap++)
                sum += samples[i - tap] * taps[4 * tap + phase];
            sum = fabsf(sum);
            largest = sum > largest ? sum : largest;
        }
    return largest;
}

void biquad(float *samples, const double *restrict filter, double *restrict state, long count)
{
    double first = state[0], second = state[1];
    for (long i = 0; i < count; i++) {
        double x = samples[i];
        double y = filter[0] * x + first;
        first = filter[1] * x - filter[3] * y + second;
        second = filter[2] * x - filter[4] * y;
        samples[i] = (float)y;
    }
    state[0] = first;
    state[1] = second;
}

// The obvious order: one mix after the other, one source after the other.
void mix_matrix(const float *restrict sources, const float *restrict from, const float *restrict to, float *restrict mixes, long source_count,
    long mix_count, long frames)
{
    float inverse = 1.0f / (float)frames;
    for (long m = 0; m < mix_count; m++) {
        float *restrict mix = mixes + m * frames;
        for (long i = 0; i < frames; i++)
            mix[i] = 0;
        for (long n = 0; n < source_count; n++) {
            float first = from[m * source_count + n];
            float step = (to[m * source_count + n] - first) * inverse;
            const float *restrict source = sources + n * frames;
            if (first == 0 && to[m * source_count + n] == 0)
                continue;
            for (long i = 0; i < frames; i++)
                mix[i] += source[i] * (first + step * (float)(int32_t)i);
        }
    }
}
