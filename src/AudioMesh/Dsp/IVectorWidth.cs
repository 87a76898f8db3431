// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Vectors of one width, for loops that are written once for several. Nothing is fused.</summary>
internal unsafe interface IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { [RealtimeSafe] get; }

    static abstract TVector Zero { [RealtimeSafe] get; }

    /// <summary>0, 1, 2 and so forth.</summary>
    static abstract TVector Indices { [RealtimeSafe] get; }

    [RealtimeSafe]
    static abstract TVector Repeat(float value);

    /// <summary>What lies there in every lane, for one operation: where those can repeat a number from memory by themselves, that is free.</summary>
    [RealtimeSafe]
    static abstract TVector RepeatFrom(float* from);

    [RealtimeSafe]
    static abstract TVector Load(float* from);

    [RealtimeSafe]
    static abstract void Store(TVector vector, float* to);

    [RealtimeSafe]
    static abstract TVector Add(TVector left, TVector right);

    [RealtimeSafe]
    static abstract TVector Multiply(TVector left, TVector right);
}
