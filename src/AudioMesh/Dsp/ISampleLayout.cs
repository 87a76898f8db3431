// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>How integer samples lie in memory, one after the other. Pointers are to the first byte and need no alignment.</summary>
internal unsafe interface ISampleLayout
{
    /// <summary>Bytes of a sample.</summary>
    static abstract int Bytes { [RealtimeSafe] get; }

    /// <summary>The integer of full scale: 2^(bits - 1).</summary>
    static abstract float Scale { [RealtimeSafe] get; }

    /// <summary>How many samples after the last of a vector are read along with it.</summary>
    static abstract int Reach { [RealtimeSafe] get; }

    /// <summary>Stores an integer that is in range.</summary>
    [RealtimeSafe]
    static abstract void Store(int value, byte* to);

    /// <summary>Stores four.</summary>
    [RealtimeSafe]
    static abstract void Store(Vector128<int> values, byte* to);

    /// <summary>Stores eight.</summary>
    [RealtimeSafe]
    static abstract void Store(Vector256<int> values, byte* to);

    /// <summary>Stores sixteen.</summary>
    [RealtimeSafe]
    static abstract void Store(Vector512<int> values, byte* to);

    /// <summary>Loads one.</summary>
    [RealtimeSafe]
    static abstract int Load(byte* from);

    /// <summary>Loads four.</summary>
    [RealtimeSafe]
    static abstract Vector128<int> Load128(byte* from);

    /// <summary>Loads eight.</summary>
    [RealtimeSafe]
    static abstract Vector256<int> Load256(byte* from);

    /// <summary>Loads sixteen.</summary>
    [RealtimeSafe]
    static abstract Vector512<int> Load512(byte* from);
}
