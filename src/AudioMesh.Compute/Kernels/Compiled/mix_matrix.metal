#pragma clang diagnostic ignored "-Wmissing-prototypes"
#pragma clang diagnostic ignored "-Wmissing-braces"

#include <metal_stdlib>
#include <simd/simd.h>

using namespace metal;

template<typename T, size_t Num>
struct spvUnsafeArray
{
    T elements[Num ? Num : 1];
    
    thread T& operator [] (size_t pos) thread
    {
        return elements[pos];
    }
    constexpr const thread T& operator [] (size_t pos) const thread
    {
        return elements[pos];
    }
    
    device T& operator [] (size_t pos) device
    {
        return elements[pos];
    }
    constexpr const device T& operator [] (size_t pos) const device
    {
        return elements[pos];
    }
    
    constexpr const constant T& operator [] (size_t pos) const constant
    {
        return elements[pos];
    }
    
    threadgroup T& operator [] (size_t pos) threadgroup
    {
        return elements[pos];
    }
    constexpr const threadgroup T& operator [] (size_t pos) const threadgroup
    {
        return elements[pos];
    }
};

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
    uint mixes;
    uint sources;
    uint frames;
    float inverseFrames;
};

struct Inputs
{
    float inputs[1];
};

struct To
{
    float to[1];
};

struct From
{
    float from[1];
};

struct Outputs
{
    float outputs[1];
};

constant uint3 gl_WorkGroupSize [[maybe_unused]] = uint3(64u, 2u, 1u);

static inline __attribute__((always_inline))
void load(thread const uint& firstMix, thread const uint& firstSource, thread const uint& frame, thread uint3& gl_LocalInvocationID, threadgroup float (&samples)[16][64], const device Parameters& v_48, const device Inputs& v_70, thread uint& gl_LocalInvocationIndex, const device To& v_134, const device From& v_141, threadgroup float2 (&ramps)[16][16])
{
    float _64;
    for (uint s = gl_LocalInvocationID.y; s < 16u; s += 2u)
    {
        uint source = firstSource + s;
        bool _54 = source < v_48.sources;
        bool _62;
        if (_54)
        {
            _62 = frame < v_48.frames;
        }
        else
        {
            _62 = _54;
        }
        if (_62)
        {
            _64 = v_70.inputs[(source * v_48.frames) + frame];
        }
        else
        {
            _64 = 0.0;
        }
        samples[s][gl_LocalInvocationID.x] = _64;
    }
    for (uint i = gl_LocalInvocationIndex; i < 256u; i += 128u)
    {
        uint _mix = firstMix + (i / 16u);
        uint source_1 = firstSource + (i % 16u);
        bool _113 = _mix < v_48.mixes;
        bool _120;
        if (_113)
        {
            _120 = source_1 < v_48.sources;
        }
        else
        {
            _120 = _113;
        }
        if (_120)
        {
            uint at = (_mix * v_48.sources) + source_1;
            float increment = spvFMul(spvFSub(v_134.to[at], v_141.from[at]), v_48.inverseFrames);
            ramps[i / 16u][i % 16u] = float2(v_141.from[at], increment);
        }
    }
}

kernel void mix_matrix(const device Parameters& v_48 [[buffer(0)]], const device Inputs& v_70 [[buffer(1)]], const device From& v_141 [[buffer(2)]], const device To& v_134 [[buffer(3)]], device Outputs& _321 [[buffer(4)]], uint3 gl_LocalInvocationID [[thread_position_in_threadgroup]], uint gl_LocalInvocationIndex [[thread_index_in_threadgroup]], uint3 gl_GlobalInvocationID [[thread_position_in_grid]], uint3 gl_WorkGroupID [[threadgroup_position_in_grid]])
{
    threadgroup float samples[16][64];
    threadgroup float2 ramps[16][16];
    uint frame = gl_GlobalInvocationID.x;
    uint firstMix = gl_WorkGroupID.y * 16u;
    uint firstOwn = gl_LocalInvocationID.y * 8u;
    float at = float(frame);
    spvUnsafeArray<float, 8> sums;
    for (uint i = 0u; i < 8u; i++)
    {
        sums[i] = 0.0;
    }
    for (uint firstSource = 0u; firstSource < v_48.sources; firstSource += 16u)
    {
        uint param = firstMix;
        uint param_1 = firstSource;
        uint param_2 = frame;
        load(param, param_1, param_2, gl_LocalInvocationID, samples, v_48, v_70, gl_LocalInvocationIndex, v_134, v_141, ramps);
        threadgroup_barrier(mem_flags::mem_threadgroup);
        uint count = min(16u, (v_48.sources - firstSource));
        for (uint s = 0u; s < count; s++)
        {
            float x = samples[s][gl_LocalInvocationID.x];
            for (uint i_1 = 0u; i_1 < 8u; i_1++)
            {
                float2 ramp = ramps[firstOwn + i_1][s];
                bool _258 = ramp.x != 0.0;
                bool _265;
                if (!_258)
                {
                    _265 = ramp.y != 0.0;
                }
                else
                {
                    _265 = _258;
                }
                if (_265)
                {
                    float gain = spvFAdd(ramp.x, spvFMul(ramp.y, at));
                    sums[i_1] = spvFAdd(sums[i_1], spvFMul(x, gain));
                }
            }
        }
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    for (uint i_2 = 0u; i_2 < 8u; i_2++)
    {
        uint _mix = (firstMix + firstOwn) + i_2;
        bool _308 = _mix < v_48.mixes;
        bool _315;
        if (_308)
        {
            _315 = frame < v_48.frames;
        }
        else
        {
            _315 = _308;
        }
        if (_315)
        {
            _321.outputs[(_mix * v_48.frames) + frame] = sums[i_2];
        }
    }
}

