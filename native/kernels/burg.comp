// SPDX-License-Identifier: MIT
#version 450

// Trains a linear predictor on each window: Burg's lattice with weighted errors and a dithered copy of the window. One workgroup trains one
// model. Only + - * and integer operations, in an order that does not depend on the device: sums run over 64 lanes, lane m mod 64 in
// ascending m, and then over a tree of halves.

layout(local_size_x = 64) in;

const uint Lanes = 64;

/// Elements that an invocation takes on at a time: a driver may end a shader that goes round its loops too often (lavapipe's does after 65535).
const uint Abreast = 8;
const uint MostSamples = 5120;
const uint MostOrder = 1280;

layout(std430, set = 0, binding = 0) readonly buffer Parameters
{
    uint window;
    uint order;
    float inverseWindow;
};

layout(std430, set = 0, binding = 1) readonly buffer Windows
{
    float windows[]; // [stream][window]
};

layout(std430, set = 0, binding = 2) readonly buffer Weights
{
    float weights[]; // [window]
};

layout(std430, set = 0, binding = 3) readonly buffer Dither
{
    float dither[]; // [window]
};

layout(std430, set = 0, binding = 4) buffer Backward
{
    float backward[]; // [stream][window]: the backward errors, each element touched by one invocation only
};

layout(std430, set = 0, binding = 5) writeonly buffer Models
{
    float models[]; // [stream][order]
};

shared float forward[MostSamples];
shared float model[MostOrder];
shared float firstSums[Lanes];
shared float secondSums[Lanes];

/// Both lanes' values to their totals, for every invocation.
vec2 total(float first, float second)
{
    uint lane = gl_LocalInvocationID.x;
    firstSums[lane] = first;
    secondSums[lane] = second;
    barrier();
    for (uint half_ = Lanes / 2; half_ > 0; half_ /= 2)
    {
        if (lane < half_)
        {
            precise float a = firstSums[lane] + firstSums[lane + half_];
            precise float b = secondSums[lane] + secondSums[lane + half_];
            firstSums[lane] = a;
            secondSums[lane] = b;
        }

        barrier();
    }

    vec2 sums = vec2(firstSums[0], secondSums[0]);
    barrier();
    return sums;
}

/// 1 / x within some ulp, by Newton's method from a guess in integers: division differs from device to device.
float reciprocal(float x)
{
    precise float y = uintBitsToFloat(0x7EF311C7u - floatBitsToUint(x));
    y = y * (2.0 - x * y);
    y = y * (2.0 - x * y);
    y = y * (2.0 - x * y);
    return y;
}

/// The mean square of the window.
float power(uint base)
{
    precise float sum = 0.0;
    for (uint n = gl_LocalInvocationID.x; n < window; n += Lanes)
    {
        float x = windows[base + n];
        sum = sum + x * x;
    }

    precise float mean = total(sum, 0.0).x * inverseWindow;
    return mean;
}

/// The reflection coefficient of this stage.
float reflection(uint base, uint stage)
{
    precise float product = 0.0;
    precise float energy = 0.0;
    for (uint first = gl_LocalInvocationID.x; first < window - stage; first += Abreast * Lanes)
    {
        for (uint i = 0; i < Abreast; i++)
        {
            uint m = first + i * Lanes;
            if (m < window - stage)
            {
                float f = forward[m + stage];
                float b = backward[base + m];
                float weight = weights[m + stage];
                product = product + weight * (f * b);
                energy = energy + weight * (f * f + b * b);
            }
        }
    }

    vec2 sums = total(product, energy);
    precise float mu = (sums.x + sums.x) * reciprocal(sums.y);
    return mu;
}

void stepErrors(uint base, uint stage, float mu)
{
    for (uint first = gl_LocalInvocationID.x; first < window - stage; first += Abreast * Lanes)
    {
        for (uint i = 0; i < Abreast; i++)
        {
            uint m = first + i * Lanes;
            if (m < window - stage)
            {
                float f = forward[m + stage];
                float b = backward[base + m];
                precise float newF = f - mu * b;
                precise float newB = b - mu * f;
                forward[m + stage] = newF;
                backward[base + m] = newB;
            }
        }
    }
}

void stepModel(uint stage, float mu)
{
    for (uint i = gl_LocalInvocationID.x; i + i + 2 <= stage; i += Lanes)
    {
        uint j = stage - 2 - i;
        float low = model[i];
        float high = model[j];
        precise float newLow = low - mu * high;
        precise float newHigh = high - mu * low;
        model[i] = newLow;
        model[j] = newHigh;
    }

    if (gl_LocalInvocationID.x == 0)
    {
        model[stage - 1] = mu;
    }
}

void main()
{
    uint lane = gl_LocalInvocationID.x;
    uint base = gl_WorkGroupID.x * window;
    uint firstOut = gl_WorkGroupID.x * order;
    int exponent = int(floatBitsToUint(power(base)) >> 23) - 127;
    if (exponent < -40 || exponent > 100)
    {
        for (uint i = lane; i < order; i += Lanes)
        {
            models[firstOut + i] = 0.0;
        }

        return;
    }

    // A power of two that brings the root of the mean square to 0.5..1.
    float scale = uintBitsToFloat(uint(127 - ((exponent >> 1) + 1)) << 23);
    for (uint n = lane; n < window; n += Lanes)
    {
        precise float x = windows[base + n] * scale + dither[n];
        forward[n] = x;
        backward[base + n] = x;
    }

    barrier();
    for (uint stage = 1; stage <= order; stage++)
    {
        precise float mu = reflection(base, stage);
        stepErrors(base, stage, mu);
        stepModel(stage, mu);
        barrier();
    }

    for (uint i = lane; i < order; i += Lanes)
    {
        models[firstOut + i] = model[i];
    }
}
