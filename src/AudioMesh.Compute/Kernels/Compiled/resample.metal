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
    uint inputFrames;
    uint outputFrames;
    uint taps;
};

struct Position
{
    uint first;
    uint row;
    spvUnsafeArray<float, 4> weights;
};

struct Position_1
{
    uint first;
    uint row;
    float weights[4];
};

struct Positions
{
    Position_1 positions[1];
};

struct Table
{
    float table[1];
};

struct Inputs
{
    float inputs[1];
};

struct Outputs
{
    float outputs[1];
};

constant uint3 gl_WorkGroupSize [[maybe_unused]] = uint3(64u, 1u, 1u);

constant spvUnsafeArray<float, 8> _87 = spvUnsafeArray<float, 8>({ 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 });

kernel void resample(const device Parameters& _19 [[buffer(0)]], const device Inputs& _167 [[buffer(1)]], const device Table& _116 [[buffer(2)]], const device Positions& _41 [[buffer(3)]], device Outputs& _218 [[buffer(4)]], uint3 gl_GlobalInvocationID [[thread_position_in_grid]], uint3 gl_WorkGroupID [[threadgroup_position_in_grid]])
{
    uint frame = gl_GlobalInvocationID.x;
    if (frame >= _19.outputFrames)
    {
        return;
    }
    Position position;
    position.first = _41.positions[frame].first;
    position.row = _41.positions[frame].row;
    position.weights[0] = _41.positions[frame].weights[0];
    position.weights[1] = _41.positions[frame].weights[1];
    position.weights[2] = _41.positions[frame].weights[2];
    position.weights[3] = _41.positions[frame].weights[3];
    uint first = (gl_WorkGroupID.y * _19.inputFrames) + position.first;
    uint row = position.row * _19.taps;
    spvUnsafeArray<float, 8> sums = spvUnsafeArray<float, 8>({ 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 });
    for (uint tap = 0u; tap < _19.taps; tap += 8u)
    {
        for (uint lane = 0u; lane < 8u; lane++)
        {
            uint at = (row + tap) + lane;
            float coefficient = spvFAdd(spvFMul(_116.table[at], position.weights[0]), spvFMul(_116.table[at + _19.taps], position.weights[1]));
            coefficient = spvFAdd(coefficient, spvFMul(_116.table[at + (2u * _19.taps)], position.weights[2]));
            coefficient = spvFAdd(coefficient, spvFMul(_116.table[at + (3u * _19.taps)], position.weights[3]));
            sums[lane] = spvFAdd(sums[lane], spvFMul(_167.inputs[(first + tap) + lane], coefficient));
        }
    }
    float low = spvFAdd(spvFAdd(sums[0], sums[4]), spvFAdd(sums[2], sums[6]));
    float high = spvFAdd(spvFAdd(sums[1], sums[5]), spvFAdd(sums[3], sums[7]));
    float sum = spvFAdd(low, high);
    _218.outputs[(gl_WorkGroupID.y * _19.outputFrames) + frame] = sum;
}

