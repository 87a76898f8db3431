// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>A device's clock as a period began.</summary>
/// <param name="Run">Which run of the device; frames of another are counted anew.</param>
/// <param name="DeviceFrame">Its first frame by the device's count.</param>
/// <param name="PeriodTime">When it was due to begin, filtered.</param>
/// <param name="WakeTime">When its callback began.</param>
/// <param name="IsTimed">Whether the device keeps to a clock.</param>
internal readonly record struct PeriodReading(int Run, long DeviceFrame, MeshTime PeriodTime, MeshTime WakeTime, bool IsTimed)
{
    /// <summary>How far the callback was from when it was due: a bound of how far that may be off.</summary>
    public long LatenessNs => Math.Abs(WakeTime - PeriodTime);
}
