// SPDX-License-Identifier: MIT
#version 450

// Peak, energy and true peak of each channel, one workgroup a channel. Sums run over 64 lanes, lane i mod 64 in ascending i, and then over a
// tree of halves. The true peak is the largest magnitude of four interpolated signals (ITU-R BS.1770), each a sum in ascending order of taps.

layout(local_size_x = 64) in;

const uint Lanes = 64;
const uint Phases = 4;

layout(std430, set = 0, binding = 0) readonly buffer Parameters
{
    uint frames;
    uint taps; // of each phase, at most 65
};

layout(std430, set = 0, binding = 1) buffer Inputs
{
    float inputs[]; // [channel][taps - 1 + frames]: what came before the block, and the block
};

layout(std430, set = 0, binding = 2) readonly buffer Table
{
    float table[]; // [tap][phase], for the newest sample first
};

struct Reading
{
    float peak;
    float energy;
    float truePeak;
};

layout(std430, set = 0, binding = 3) writeonly buffer Readings
{
    Reading readings[]; // [channel]
};

shared Reading lanes[Lanes];

float larger(float a, float b)
{
    return b > a ? b : a;
}

/// The largest magnitude between this sample and the one before.
float between(uint newest)
{
    precise float sums[Phases] = float[](0.0, 0.0, 0.0, 0.0);
    for (uint tap = 0; tap < taps; tap++)
    {
        float x = inputs[newest - tap];
        for (uint phase = 0; phase < Phases; phase++)
        {
            sums[phase] = sums[phase] + x * table[tap * Phases + phase];
        }
    }

    return larger(larger(abs(sums[0]), abs(sums[1])), larger(abs(sums[2]), abs(sums[3])));
}

void main()
{
    uint lane = gl_LocalInvocationID.x;
    uint history = gl_WorkGroupID.x * (taps - 1 + frames);
    uint first = history + taps - 1;
    float peak = 0.0;
    float truePeak = 0.0;
    precise float energy = 0.0;
    for (uint i = lane; i < frames; i += Lanes)
    {
        float x = inputs[first + i];
        peak = larger(peak, abs(x));
        energy = energy + x * x;
        truePeak = larger(truePeak, between(first + i));
    }

    float kept = lane + 1 < taps ? inputs[history + frames + lane] : 0.0;
    lanes[lane] = Reading(peak, energy, truePeak);
    barrier();
    if (lane + 1 < taps)
    {
        inputs[history + lane] = kept;
    }

    for (uint width = Lanes / 2; width > 0; width /= 2)
    {
        if (lane < width)
        {
            Reading other = lanes[lane + width];
            precise float sum = lanes[lane].energy + other.energy;
            lanes[lane].peak = larger(lanes[lane].peak, other.peak);
            lanes[lane].energy = sum;
            lanes[lane].truePeak = larger(lanes[lane].truePeak, other.truePeak);
        }

        barrier();
    }

    if (lane == 0)
    {
        readings[gl_WorkGroupID.x] = lanes[0];
    }
}
