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

struct Parameters
{
    uint frames;
    uint taps;
};

struct Inputs
{
    float inputs[1];
};

struct Table
{
    float table[1];
};

struct Reading
{
    float peak;
    float energy;
    float truePeak;
};

struct Reading_1
{
    float peak;
    float energy;
    float truePeak;
};

struct Readings
{
    Reading_1 readings[1];
};

constant uint3 gl_WorkGroupSize [[maybe_unused]] = uint3(64u, 1u, 1u);

constant spvUnsafeArray<float, 4> _33 = spvUnsafeArray<float, 4>({ 0.0, 0.0, 0.0, 0.0 });

static inline __attribute__((always_inline))
float larger(thread const float& a, thread const float& b)
{
    return (b > a) ? b : a;
}

static inline __attribute__((always_inline))
float between(thread const uint& newest, const device Parameters& v_44, device Inputs& v_55, const device Table& v_79)
{
    spvUnsafeArray<float, 4> sums = spvUnsafeArray<float, 4>({ 0.0, 0.0, 0.0, 0.0 });
    for (uint tap = 0u; tap < v_44.taps; tap++)
    {
        float x = v_55.inputs[newest - tap];
        for (uint phase = 0u; phase < 4u; phase++)
        {
            sums[phase] = spvFAdd(sums[phase], spvFMul(x, v_79.table[(tap * 4u) + phase]));
        }
    }
    float param = abs(sums[0]);
    float param_1 = abs(sums[1]);
    float param_2 = abs(sums[2]);
    float param_3 = abs(sums[3]);
    float param_4 = larger(param, param_1);
    float param_5 = larger(param_2, param_3);
    return larger(param_4, param_5);
}

kernel void meters(const device Parameters& v_44 [[buffer(0)]], device Inputs& v_55 [[buffer(1)]], const device Table& v_79 [[buffer(2)]], device Readings& _292 [[buffer(3)]], uint3 gl_LocalInvocationID [[thread_position_in_threadgroup]], uint3 gl_WorkGroupID [[threadgroup_position_in_grid]])
{
    threadgroup Reading lanes[64];
    uint lane = gl_LocalInvocationID.x;
    uint history = gl_WorkGroupID.x * ((v_44.taps - 1u) + v_44.frames);
    uint first = (history + v_44.taps) - 1u;
    float peak = 0.0;
    float truePeak = 0.0;
    float energy = 0.0;
    for (uint i = lane; i < v_44.frames; i += 64u)
    {
        float x = v_55.inputs[first + i];
        float param = peak;
        float param_1 = abs(x);
        peak = larger(param, param_1);
        energy = spvFAdd(energy, spvFMul(x, x));
        uint param_2 = first + i;
        float param_3 = truePeak;
        float param_4 = between(param_2, v_44, v_55, v_79);
        truePeak = larger(param_3, param_4);
    }
    float _192;
    if ((lane + 1u) < v_44.taps)
    {
        _192 = v_55.inputs[(history + v_44.frames) + lane];
    }
    else
    {
        _192 = 0.0;
    }
    float kept = _192;
    lanes[lane] = Reading{ peak, energy, truePeak };
    threadgroup_barrier(mem_flags::mem_threadgroup);
    if ((lane + 1u) < v_44.taps)
    {
        v_55.inputs[history + lane] = kept;
    }
    for (uint width = 32u; width > 0u; width /= 2u)
    {
        if (lane < width)
        {
            Reading other = lanes[lane + width];
            float sum = spvFAdd(lanes[lane].energy, other.energy);
            float param_5 = lanes[lane].peak;
            float param_6 = other.peak;
            lanes[lane].peak = larger(param_5, param_6);
            lanes[lane].energy = sum;
            float param_7 = lanes[lane].truePeak;
            float param_8 = other.truePeak;
            lanes[lane].truePeak = larger(param_7, param_8);
        }
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    if (lane == 0u)
    {
        _292.readings[gl_WorkGroupID.x].peak = lanes[0].peak;
        _292.readings[gl_WorkGroupID.x].energy = lanes[0].energy;
        _292.readings[gl_WorkGroupID.x].truePeak = lanes[0].truePeak;
    }
}

