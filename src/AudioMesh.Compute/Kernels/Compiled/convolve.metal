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
    uint block;
    uint partitions;
};

struct Tables
{
    float tables[1];
};

struct History
{
    float history[1];
};

struct Filters
{
    float filters[1];
};

struct Slots
{
    uint slots[1];
};

struct Inputs
{
    float inputs[1];
};

struct Tails
{
    float tails[1];
};

struct Outputs
{
    float outputs[1];
};

constant uint3 gl_WorkGroupSize [[maybe_unused]] = uint3(64u, 1u, 1u);

static inline __attribute__((always_inline))
void forwardStage(thread const uint& width, thread uint3& gl_LocalInvocationID, const device Parameters& v_36, const device Tables& v_67, threadgroup float (&re)[512], threadgroup float (&im)[512])
{
    for (uint i = gl_LocalInvocationID.x; i < (v_36.block / 2u); i += 64u)
    {
        uint j = i & (width - 1u);
        uint a = (2u * i) - j;
        uint b = a + width;
        float cosine = v_67.tables[((2u * v_36.block) + width) + j];
        float sine = v_67.tables[((3u * v_36.block) + width) + j];
        float sumRe = spvFAdd(re[a], re[b]);
        float sumIm = spvFAdd(im[a], im[b]);
        float dRe = spvFSub(re[a], re[b]);
        float dIm = spvFSub(im[a], im[b]);
        float turnedRe = spvFSub(spvFMul(dRe, cosine), spvFMul(dIm, sine));
        float turnedIm = spvFAdd(spvFMul(dRe, sine), spvFMul(dIm, cosine));
        re[a] = sumRe;
        im[a] = sumIm;
        re[b] = turnedRe;
        im[b] = turnedIm;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
}

static inline __attribute__((always_inline))
void accumulate(thread const uint& channel, thread const uint& slot, thread uint3& gl_LocalInvocationID, const device Parameters& v_36, threadgroup float (&re)[512], threadgroup float (&im)[512], device History& v_293, const device Filters& v_387)
{
    uint rings = ((channel * v_36.partitions) * 2u) * v_36.block;
    uint _341;
    for (uint bin = gl_LocalInvocationID.x; bin < v_36.block; bin += 64u)
    {
        v_293.history[(rings + ((slot * 2u) * v_36.block)) + bin] = re[bin];
        v_293.history[((rings + ((slot * 2u) * v_36.block)) + v_36.block) + bin] = im[bin];
        float sumRe = 0.0;
        float sumIm = 0.0;
        for (uint part = 0u; part < v_36.partitions; part++)
        {
            if (slot >= part)
            {
                _341 = slot - part;
            }
            else
            {
                _341 = (slot + v_36.partitions) - part;
            }
            uint spectrum = (rings + ((_341 * 2u) * v_36.block)) + bin;
            uint filterAt = (rings + ((part * 2u) * v_36.block)) + bin;
            float xRe = v_293.history[spectrum];
            float xIm = v_293.history[spectrum + v_36.block];
            float hRe = v_387.filters[filterAt];
            float hIm = v_387.filters[filterAt + v_36.block];
            sumRe = spvFAdd(sumRe, spvFSub(spvFMul(xRe, hRe), spvFMul(xIm, hIm)));
            sumIm = spvFAdd(sumIm, spvFAdd(spvFMul(xRe, hIm), spvFMul(xIm, hRe)));
        }
        re[bin] = sumRe;
        im[bin] = sumIm;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
}

static inline __attribute__((always_inline))
void inverseStage(thread const uint& width, thread uint3& gl_LocalInvocationID, const device Parameters& v_36, const device Tables& v_67, threadgroup float (&re)[512], threadgroup float (&im)[512])
{
    for (uint i = gl_LocalInvocationID.x; i < (v_36.block / 2u); i += 64u)
    {
        uint j = i & (width - 1u);
        uint a = (2u * i) - j;
        uint b = a + width;
        float cosine = v_67.tables[((2u * v_36.block) + width) + j];
        float sine = v_67.tables[((3u * v_36.block) + width) + j];
        float turnedRe = spvFAdd(spvFMul(re[b], cosine), spvFMul(im[b], sine));
        float turnedIm = spvFSub(spvFMul(im[b], cosine), spvFMul(re[b], sine));
        float sumRe = spvFAdd(re[a], turnedRe);
        float sumIm = spvFAdd(im[a], turnedIm);
        float dRe = spvFSub(re[a], turnedRe);
        float dIm = spvFSub(im[a], turnedIm);
        re[a] = sumRe;
        im[a] = sumIm;
        re[b] = dRe;
        im[b] = dIm;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
}

kernel void convolve(const device Parameters& v_36 [[buffer(0)]], const device Inputs& _456 [[buffer(1)]], const device Tables& v_67 [[buffer(2)]], const device Filters& v_387 [[buffer(3)]], device History& v_293 [[buffer(4)]], device Tails& _578 [[buffer(5)]], device Slots& _437 [[buffer(6)]], device Outputs& _591 [[buffer(7)]], uint3 gl_LocalInvocationID [[thread_position_in_threadgroup]], uint3 gl_WorkGroupID [[threadgroup_position_in_grid]])
{
    threadgroup float re[512];
    threadgroup float im[512];
    uint lane = gl_LocalInvocationID.x;
    uint channel = gl_WorkGroupID.x;
    uint slot = _437.slots[channel];
    for (uint n = lane; n < v_36.block; n += 64u)
    {
        float x = _456.inputs[(channel * v_36.block) + n];
        float xRe = spvFMul(x, v_67.tables[n]);
        float xIm = spvFMul(x, v_67.tables[v_36.block + n]);
        re[n] = xRe;
        im[n] = xIm;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
    uint _491 = v_36.block / 2u;
    for (uint width = _491; width > 0u; width /= 2u)
    {
        uint param = width;
        forwardStage(param, gl_LocalInvocationID, v_36, v_67, re, im);
    }
    uint param_1 = channel;
    uint param_2 = slot;
    accumulate(param_1, param_2, gl_LocalInvocationID, v_36, re, im, v_293, v_387);
    for (uint width_1 = 1u; width_1 < v_36.block; width_1 *= 2u)
    {
        uint param_3 = width_1;
        inverseStage(param_3, gl_LocalInvocationID, v_36, v_67, re, im);
    }
    for (uint n_1 = lane; n_1 < v_36.block; n_1 += 64u)
    {
        float low = spvFAdd(spvFMul(re[n_1], v_67.tables[n_1]), spvFMul(im[n_1], v_67.tables[v_36.block + n_1]));
        float high = spvFSub(spvFMul(im[n_1], v_67.tables[n_1]), spvFMul(re[n_1], v_67.tables[v_36.block + n_1]));
        float y = spvFAdd(low, _578.tails[(channel * v_36.block) + n_1]);
        _591.outputs[(channel * v_36.block) + n_1] = y;
        _578.tails[(channel * v_36.block) + n_1] = high;
    }
    if (lane == 0u)
    {
        uint _620;
        if ((slot + 1u) == v_36.partitions)
        {
            _620 = 0u;
        }
        else
        {
            _620 = slot + 1u;
        }
        _437.slots[channel] = _620;
    }
}

