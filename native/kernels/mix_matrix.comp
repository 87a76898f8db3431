// SPDX-License-Identifier: MIT
#version 450

// Many mixes from the same sources. Each sample of a mix is the sum, in ascending order of sources, of sample times gain, which moves on a
// straight line; a source whose gain is zero all along is not heard, not even where it is NaN. A workgroup makes 64 frames of 16 mixes, and
// takes its inputs and gains through tiles of 16 sources.

layout(local_size_x = 64, local_size_y = 2) in;

const uint Width = 64;
const uint Mixes = 16;
const uint Sources = 16;
const uint Invocations = 128;
const uint Own = 8;

layout(std430, set = 0, binding = 0) readonly buffer Parameters
{
    uint mixes;
    uint sources;
    uint frames;
    float inverseFrames;
};

layout(std430, set = 0, binding = 1) readonly buffer Inputs
{
    float inputs[]; // [source][frame]
};

layout(std430, set = 0, binding = 2) readonly buffer From
{
    float from[]; // [mix][source]: the gain at the first frame
};

layout(std430, set = 0, binding = 3) readonly buffer To
{
    float to[]; // [mix][source]: the gain where the next block begins
};

layout(std430, set = 0, binding = 4) writeonly buffer Outputs
{
    float outputs[]; // [mix][frame]
};

shared float samples[Sources][Width];
shared vec2 ramps[Mixes][Sources];

void load(uint firstMix, uint firstSource, uint frame)
{
    for (uint s = gl_LocalInvocationID.y; s < Sources; s += 2)
    {
        uint source = firstSource + s;
        samples[s][gl_LocalInvocationID.x] = source < sources && frame < frames ? inputs[source * frames + frame] : 0.0;
    }

    for (uint i = gl_LocalInvocationIndex; i < Mixes * Sources; i += Invocations)
    {
        uint mix = firstMix + i / Sources;
        uint source = firstSource + i % Sources;
        if (mix < mixes && source < sources)
        {
            uint at = mix * sources + source;
            precise float increment = (to[at] - from[at]) * inverseFrames;
            ramps[i / Sources][i % Sources] = vec2(from[at], increment);
        }
    }
}

void main()
{
    uint frame = gl_GlobalInvocationID.x;
    uint firstMix = gl_WorkGroupID.y * Mixes;
    uint firstOwn = gl_LocalInvocationID.y * Own;
    float at = float(frame);
    precise float sums[Own];
    for (uint i = 0; i < Own; i++)
    {
        sums[i] = 0.0;
    }

    for (uint firstSource = 0; firstSource < sources; firstSource += Sources)
    {
        load(firstMix, firstSource, frame);
        barrier();
        uint count = min(Sources, sources - firstSource);
        for (uint s = 0; s < count; s++)
        {
            float x = samples[s][gl_LocalInvocationID.x];
            for (uint i = 0; i < Own; i++)
            {
                vec2 ramp = ramps[firstOwn + i][s];
                if (ramp.x != 0.0 || ramp.y != 0.0)
                {
                    precise float gain = ramp.x + ramp.y * at;
                    sums[i] = sums[i] + x * gain;
                }
            }
        }

        barrier();
    }

    for (uint i = 0; i < Own; i++)
    {
        uint mix = firstMix + firstOwn + i;
        if (mix < mixes && frame < frames)
        {
            outputs[mix * frames + frame] = sums[i];
        }
    }
}
