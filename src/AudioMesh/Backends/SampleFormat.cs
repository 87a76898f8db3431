// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>How a device or file stores one sample. The engine itself always works in <see cref="Float32"/>.</summary>
public enum SampleFormat
{
    /// <summary>Let the backend choose: float where the device has it, else the widest integer.</summary>
    Any,

    /// <summary>Signed 16-bit, little endian.</summary>
    Int16,

    /// <summary>Signed 24-bit in the low three bytes of a 32-bit word, little endian.</summary>
    Int24In32,

    /// <summary>Signed 24-bit in three bytes, little endian.</summary>
    Int24,

    /// <summary>Signed 32-bit, little endian.</summary>
    Int32,

    /// <summary>IEEE 754 single precision, little endian, full scale at 1.</summary>
    Float32,
}
