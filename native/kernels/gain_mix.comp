// SPDX-License-Identifier: MIT
#version 450

// One output from many sources: each sample times its source's gain, which moves on a straight line, summed in ascending order of sources.

layout(local_size_x = 64) in;

layout(std430, set = 0, binding = 0) readonly buffer Parameters
{
    uint sources;
    uint frames;
};

layout(std430, set = 0, binding = 1) readonly buffer Inputs
{
    float inputs[]; // [source][frame]
};

layout(std430, set = 0, binding = 2) readonly buffer Ramps
{
    vec2 ramps[]; // [source]: the first gain, and the step from frame to frame
};

layout(std430, set = 0, binding = 3) writeonly buffer Output
{
    float mixed[]; // [frame]
};

void main()
{
    uint frame = gl_GlobalInvocationID.x;
    if (frame >= frames)
    {
        return;
    }

    precise float sum = 0.0;
    for (uint source = 0; source < sources; source++)
    {
        vec2 ramp = ramps[source];
        precise float gain = ramp.x + ramp.y * float(frame);
        sum = sum + inputs[source * frames + frame] * gain;
    }

    mixed[frame] = sum;
}
