// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Network.Interop;

/// <summary><c>struct timex</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential, Size = 208)]
internal struct TimeX
{
    public uint Modes;
    public long Offset;
    public long Frequency;
    public long MaxErrorUs;
    public long EstimatedErrorUs;
    public int Status;
    public long Constant;
    public long Precision;
    public long Tolerance;
    public long Seconds;
    public long Fraction;
    public long Tick;
    public long PpsFrequency;
    public long PpsJitter;
    public int PpsShift;
    public long PpsStability;
    public long PpsJitterExceeded;
    public long PpsCalibrations;
    public long PpsErrors;
    public long PpsStabilityExceeded;
    public int Tai;
}
