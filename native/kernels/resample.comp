// SPDX-License-Identifier: MIT
#version 450

// Band-limited interpolation: each output frame is the inner product of the input around it with a filter, which is four neighbouring rows of a
// table with a weight each. The sum runs over 8 lanes, lane t mod 8 in ascending t, and then over a tree of halves.

layout(local_size_x = 64) in;

layout(std430, set = 0, binding = 0) readonly buffer Parameters
{
    uint inputFrames;
    uint outputFrames;
    uint taps; // a multiple of 8
};

layout(std430, set = 0, binding = 1) readonly buffer Inputs
{
    float inputs[]; // [channel][inputFrames]
};

layout(std430, set = 0, binding = 2) readonly buffer Table
{
    float table[]; // [row][taps]
};

struct Position
{
    uint first; // the input frame that the first tap falls on
    uint row; // the first of the four
    float weights[4];
};

layout(std430, set = 0, binding = 3) readonly buffer Positions
{
    Position positions[]; // [outputFrames]
};

layout(std430, set = 0, binding = 4) writeonly buffer Outputs
{
    float outputs[]; // [channel][outputFrames]
};

const uint Lanes = 8;

void main()
{
    uint frame = gl_GlobalInvocationID.x;
    if (frame >= outputFrames)
    {
        return;
    }

    Position position = positions[frame];
    uint first = gl_WorkGroupID.y * inputFrames + position.first;
    uint row = position.row * taps;
    precise float sums[Lanes] = float[](0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (uint tap = 0; tap < taps; tap += Lanes)
    {
        for (uint lane = 0; lane < Lanes; lane++)
        {
            uint at = row + tap + lane;
            precise float coefficient = table[at] * position.weights[0] + table[at + taps] * position.weights[1];
            coefficient = coefficient + table[at + 2 * taps] * position.weights[2];
            coefficient = coefficient + table[at + 3 * taps] * position.weights[3];
            sums[lane] = sums[lane] + inputs[first + tap + lane] * coefficient;
        }
    }

    precise float low = (sums[0] + sums[4]) + (sums[2] + sums[6]);
    precise float high = (sums[1] + sums[5]) + (sums[3] + sums[7]);
    precise float sum = low + high;
    outputs[gl_WorkGroupID.y * outputFrames + frame] = sum;
}
