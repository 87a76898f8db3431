// SPDX-License-Identifier: MIT
#version 450

// Uniformly partitioned convolution, one workgroup a channel. A block of real samples x becomes the complex x[n] * exp(i pi n / 2B), so that
// the circular product of B points is low + i high: the whole linear convolution, of which the high half is added to the next block.
// The spectra are in the bit-reversed order that decimation in frequency leaves and decimation in time takes.

layout(local_size_x = 64) in;

const uint Lanes = 64;
const uint MostBlock = 512;

layout(std430, set = 0, binding = 0) readonly buffer Parameters
{
    uint block; // a power of two
    uint partitions;
};

layout(std430, set = 0, binding = 1) readonly buffer Inputs
{
    float inputs[]; // [channel][block]
};

layout(std430, set = 0, binding = 2) readonly buffer Tables
{
    float tables[]; // [4][block]: the weights' real and imaginary parts, the twiddles' (of a stage with half h from index h on)
};

layout(std430, set = 0, binding = 3) readonly buffer Filters
{
    float filters[]; // [channel][part][real, imaginary][block]
};

layout(std430, set = 0, binding = 4) buffer History
{
    float history[]; // [channel][slot][real, imaginary][block]: the spectra of the last blocks, a ring
};

layout(std430, set = 0, binding = 5) buffer Tails
{
    float tails[]; // [channel][block]
};

layout(std430, set = 0, binding = 6) buffer Slots
{
    uint slots[]; // [channel]: where in the ring the block of this run goes
};

layout(std430, set = 0, binding = 7) writeonly buffer Outputs
{
    float outputs[]; // [channel][block]
};

shared float re[MostBlock];
shared float im[MostBlock];

void forwardStage(uint width)
{
    for (uint i = gl_LocalInvocationID.x; i < block / 2; i += Lanes)
    {
        uint j = i & (width - 1);
        uint a = 2 * i - j;
        uint b = a + width;
        float cosine = tables[2 * block + width + j];
        float sine = tables[3 * block + width + j];
        precise float sumRe = re[a] + re[b];
        precise float sumIm = im[a] + im[b];
        precise float dRe = re[a] - re[b];
        precise float dIm = im[a] - im[b];
        precise float turnedRe = dRe * cosine - dIm * sine;
        precise float turnedIm = dRe * sine + dIm * cosine;
        re[a] = sumRe;
        im[a] = sumIm;
        re[b] = turnedRe;
        im[b] = turnedIm;
    }

    barrier();
}

void inverseStage(uint width)
{
    for (uint i = gl_LocalInvocationID.x; i < block / 2; i += Lanes)
    {
        uint j = i & (width - 1);
        uint a = 2 * i - j;
        uint b = a + width;
        float cosine = tables[2 * block + width + j];
        float sine = tables[3 * block + width + j];
        precise float turnedRe = re[b] * cosine + im[b] * sine;
        precise float turnedIm = im[b] * cosine - re[b] * sine;
        precise float sumRe = re[a] + turnedRe;
        precise float sumIm = im[a] + turnedIm;
        precise float dRe = re[a] - turnedRe;
        precise float dIm = im[a] - turnedIm;
        re[a] = sumRe;
        im[a] = sumIm;
        re[b] = dRe;
        im[b] = dIm;
    }

    barrier();
}

/// The sum over partitions of spectrum times filter, newest block first, in place.
void accumulate(uint channel, uint slot)
{
    uint rings = channel * partitions * 2 * block;
    for (uint bin = gl_LocalInvocationID.x; bin < block; bin += Lanes)
    {
        history[rings + slot * 2 * block + bin] = re[bin];
        history[rings + slot * 2 * block + block + bin] = im[bin];
        precise float sumRe = 0.0;
        precise float sumIm = 0.0;
        for (uint part = 0; part < partitions; part++)
        {
            uint spectrum = rings + (slot >= part ? slot - part : slot + partitions - part) * 2 * block + bin;
            uint filterAt = rings + part * 2 * block + bin;
            float xRe = history[spectrum];
            float xIm = history[spectrum + block];
            float hRe = filters[filterAt];
            float hIm = filters[filterAt + block];
            sumRe = sumRe + (xRe * hRe - xIm * hIm);
            sumIm = sumIm + (xRe * hIm + xIm * hRe);
        }

        re[bin] = sumRe;
        im[bin] = sumIm;
    }

    barrier();
}

void main()
{
    uint lane = gl_LocalInvocationID.x;
    uint channel = gl_WorkGroupID.x;
    uint slot = slots[channel];
    for (uint n = lane; n < block; n += Lanes)
    {
        float x = inputs[channel * block + n];
        precise float xRe = x * tables[n];
        precise float xIm = x * tables[block + n];
        re[n] = xRe;
        im[n] = xIm;
    }

    barrier();
    for (uint width = block / 2; width > 0; width /= 2)
    {
        forwardStage(width);
    }

    accumulate(channel, slot);
    for (uint width = 1; width < block; width *= 2)
    {
        inverseStage(width);
    }

    for (uint n = lane; n < block; n += Lanes)
    {
        precise float low = re[n] * tables[n] + im[n] * tables[block + n];
        precise float high = im[n] * tables[n] - re[n] * tables[block + n];
        precise float y = low + tails[channel * block + n];
        outputs[channel * block + n] = y;
        tails[channel * block + n] = high;
    }

    if (lane == 0)
    {
        slots[channel] = slot + 1 == partitions ? 0 : slot + 1;
    }
}
