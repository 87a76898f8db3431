#pragma clang diagnostic ignored "-Wmissing-prototypes"

#include <metal_stdlib>
#include <simd/simd.h>

using namespace metal;

template<typename T>
[[clang::optnone]] T spvFMul(T l, T r)
{
    return fma(l, r, T(0));
}

template<typename T, int Cols, int Rows>
[[clang::optnone]] vec<T, Cols> spvFMulVectorMatrix(vec<T, Rows> v, matrix<T, Cols, Rows> m)
{
    vec<T, Cols> res = vec<T, Cols>(0);
    for (uint i = Rows; i > 0; --i)
    {
        vec<T, Cols> tmp(0);
        for (uint j = 0; j < Cols; ++j)
        {
            tmp[j] = m[j][i - 1];
        }
        res = fma(tmp, vec<T, Cols>(v[i - 1]), res);
    }
    return res;
}

template<typename T, int Cols, int Rows>
[[clang::optnone]] vec<T, Rows> spvFMulMatrixVector(matrix<T, Cols, Rows> m, vec<T, Cols> v)
{
    vec<T, Rows> res = vec<T, Rows>(0);
    for (uint i = Cols; i > 0; --i)
    {
        res = fma(m[i - 1], vec<T, Rows>(v[i - 1]), res);
    }
    return res;
}

template<typename T, int LCols, int LRows, int RCols, int RRows>
[[clang::optnone]] matrix<T, RCols, LRows> spvFMulMatrixMatrix(matrix<T, LCols, LRows> l, matrix<T, RCols, RRows> r)
{
    matrix<T, RCols, LRows> res;
    for (uint i = 0; i < RCols; i++)
    {
        vec<T, RCols> tmp(0);
        for (uint j = 0; j < LCols; j++)
        {
            tmp = fma(vec<T, RCols>(r[i][j]), l[j], tmp);
        }
        res[i] = tmp;
    }
    return res;
}

template<typename T>
[[clang::optnone]] T spvFAdd(T l, T r)
{
    return fma(T(1), l, r);
}

template<typename T>
[[clang::optnone]] T spvFSub(T l, T r)
{
    return fma(T(-1), r, l);
}

struct Parameters
{
    uint window;
    uint order;
    float inverseWindow;
};

struct Windows
{
    float windows[1];
};

struct Backward
{
    float backward[1];
};

struct Weights
{
    float weights[1];
};

struct Models
{
    float models[1];
};

struct Dither
{
    float dither[1];
};

constant uint3 gl_WorkGroupSize [[maybe_unused]] = uint3(64u, 1u, 1u);

static inline __attribute__((always_inline))
float2 total(thread const float& first, thread const float& second, thread uint3& gl_LocalInvocationID, threadgroup float (&firstSums)[64], threadgroup float (&secondSums)[64])
{
    uint lane = gl_LocalInvocationID.x;
    firstSums[lane] = first;
    secondSums[lane] = second;
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint half_ = 32u; half_ > 0u; half_ /= 2u)
    {
        if (lane < half_)
        {
            float a = spvFAdd(firstSums[lane], firstSums[lane + half_]);
            float b = spvFAdd(secondSums[lane], secondSums[lane + half_]);
            firstSums[lane] = a;
            secondSums[lane] = b;
        }
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    float2 sums = float2(firstSums[0], secondSums[0]);
    threadgroup_barrier(mem_flags::mem_threadgroup);
    return sums;
}

static inline __attribute__((always_inline))
float power(thread const uint& base, thread uint3& gl_LocalInvocationID, threadgroup float (&firstSums)[64], threadgroup float (&secondSums)[64], const device Parameters& v_158, const device Windows& v_167)
{
    float sum = 0.0;
    for (uint n = gl_LocalInvocationID.x; n < v_158.window; n += 64u)
    {
        float x = v_167.windows[base + n];
        sum = spvFAdd(sum, spvFMul(x, x));
    }
    float param = sum;
    float param_1 = 0.0;
    float2 _185 = total(param, param_1, gl_LocalInvocationID, firstSums, secondSums);
    float mean = spvFMul(_185.x, v_158.inverseWindow);
    return mean;
}

static inline __attribute__((always_inline))
float reciprocal(thread const float& x)
{
    float y = as_type<float>(2129859015u - as_type<uint>(x));
    y = spvFMul(y, spvFSub(2.0, spvFMul(x, y)));
    y = spvFMul(y, spvFSub(2.0, spvFMul(x, y)));
    y = spvFMul(y, spvFSub(2.0, spvFMul(x, y)));
    return y;
}

static inline __attribute__((always_inline))
float reflection(thread const uint& base, thread const uint& stage, thread uint3& gl_LocalInvocationID, threadgroup float (&firstSums)[64], threadgroup float (&secondSums)[64], const device Parameters& v_158, threadgroup float (&forward)[5120], device Backward& v_246, const device Weights& v_256)
{
    float product = 0.0;
    float energy = 0.0;
    for (uint first = gl_LocalInvocationID.x; first < (v_158.window - stage); first += 512u)
    {
        for (uint i = 0u; i < 8u; i++)
        {
            uint m = first + (i * 64u);
            if (m < (v_158.window - stage))
            {
                float f = forward[m + stage];
                float b = v_246.backward[base + m];
                float weight = v_256.weights[m + stage];
                product = spvFAdd(product, spvFMul(weight, spvFMul(f, b)));
                energy = spvFAdd(energy, spvFMul(weight, spvFAdd(spvFMul(f, f), spvFMul(b, b))));
            }
        }
    }
    float param = product;
    float param_1 = energy;
    float2 _291 = total(param, param_1, gl_LocalInvocationID, firstSums, secondSums);
    float2 sums = _291;
    float param_2 = sums.y;
    float mu = spvFMul(spvFAdd(sums.x, sums.x), reciprocal(param_2));
    return mu;
}

static inline __attribute__((always_inline))
void stepErrors(thread const uint& base, thread const uint& stage, thread const float& mu, thread uint3& gl_LocalInvocationID, const device Parameters& v_158, threadgroup float (&forward)[5120], device Backward& v_246)
{
    for (uint first = gl_LocalInvocationID.x; first < (v_158.window - stage); first += 512u)
    {
        for (uint i = 0u; i < 8u; i++)
        {
            uint m = first + (i * 64u);
            if (m < (v_158.window - stage))
            {
                float f = forward[m + stage];
                float b = v_246.backward[base + m];
                float newF = spvFSub(f, spvFMul(mu, b));
                float newB = spvFSub(b, spvFMul(mu, f));
                forward[m + stage] = newF;
                v_246.backward[base + m] = newB;
            }
        }
    }
}

static inline __attribute__((always_inline))
void stepModel(thread const uint& stage, thread const float& mu, thread uint3& gl_LocalInvocationID, threadgroup float (&model)[1280])
{
    for (uint i = gl_LocalInvocationID.x; ((i + i) + 2u) <= stage; i += 64u)
    {
        uint j = (stage - 2u) - i;
        float low = model[i];
        float high = model[j];
        float newLow = spvFSub(low, spvFMul(mu, high));
        float newHigh = spvFSub(high, spvFMul(mu, low));
        model[i] = newLow;
        model[j] = newHigh;
    }
    if (gl_LocalInvocationID.x == 0u)
    {
        model[stage - 1u] = mu;
    }
}

kernel void burg(const device Parameters& v_158 [[buffer(0)]], const device Windows& v_167 [[buffer(1)]], const device Weights& v_256 [[buffer(2)]], const device Dither& _528 [[buffer(3)]], device Backward& v_246 [[buffer(4)]], device Models& _490 [[buffer(5)]], uint3 gl_LocalInvocationID [[thread_position_in_threadgroup]], uint3 gl_WorkGroupID [[threadgroup_position_in_grid]])
{
    threadgroup float firstSums[64];
    threadgroup float secondSums[64];
    threadgroup float forward[5120];
    threadgroup float model[1280];
    uint lane = gl_LocalInvocationID.x;
    uint base = gl_WorkGroupID.x * v_158.window;
    uint firstOut = gl_WorkGroupID.x * v_158.order;
    uint param = base;
    float _460 = power(param, gl_LocalInvocationID, firstSums, secondSums, v_158, v_167);
    int exponent = int(as_type<uint>(_460) >> uint(23)) - 127;
    if ((exponent < (-40)) || (exponent > 100))
    {
        for (uint i = lane; i < v_158.order; i += 64u)
        {
            _490.models[firstOut + i] = 0.0;
        }
        return;
    }
    float scale = as_type<float>(uint(127 - ((exponent >> 1) + 1)) << uint(23));
    for (uint n = lane; n < v_158.window; n += 64u)
    {
        float x = spvFAdd(spvFMul(v_167.windows[base + n], scale), _528.dither[n]);
        forward[n] = x;
        v_246.backward[base + n] = x;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint stage = 1u; stage <= v_158.order; stage++)
    {
        uint param_1 = base;
        uint param_2 = stage;
        float _558 = reflection(param_1, param_2, gl_LocalInvocationID, firstSums, secondSums, v_158, forward, v_246, v_256);
        float mu = _558;
        uint param_3 = base;
        uint param_4 = stage;
        float param_5 = mu;
        stepErrors(param_3, param_4, param_5, gl_LocalInvocationID, v_158, forward, v_246);
        uint param_6 = stage;
        float param_7 = mu;
        stepModel(param_6, param_7, gl_LocalInvocationID, model);
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    for (uint i_1 = lane; i_1 < v_158.order; i_1 += 64u)
    {
        _490.models[firstOut + i_1] = model[i_1];
    }
}

