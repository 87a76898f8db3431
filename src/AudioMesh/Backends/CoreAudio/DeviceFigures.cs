// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// The numbers of a device that others may change while it runs. The HAL's time of a cycle's first output frame is when the frame is
/// handed to the hardware: one cycle and the safety offset after the cycle was due. Device and stream latency come on top of it. Input
/// is the mirror image of that.
/// </summary>
/// <param name="Rate">Nominal frames per second.</param>
/// <param name="PeriodFrames">Frames per cycle.</param>
/// <param name="OutputSafety">Frames that output is handed over ahead of the hardware.</param>
/// <param name="OutputLatency">Frames from there until the sample leaves the device.</param>
/// <param name="InputSafety">Frames that input is read behind the hardware.</param>
/// <param name="InputLatency">Frames from a sample's arrival at the device until there.</param>
internal sealed record DeviceFigures(int Rate, int PeriodFrames, int OutputSafety, int OutputLatency, int InputSafety, int InputLatency)
{
    /// <summary>Frames from the start of a cycle until its first sample leaves the device.</summary>
    public int OutputTotal => PeriodFrames + OutputSafety + OutputLatency;

    /// <summary>Frames from a sample's arrival until the start of the cycle that carries it.</summary>
    public int InputTotal => PeriodFrames + InputSafety + InputLatency;

    /// <summary>Reads the device; throws when it went away.</summary>
    public static DeviceFigures Read(HalObjects objects, uint id) => new(
        (int)Math.Round(objects.Get<double>(id, kAudioDevicePropertyNominalSampleRate)),
        (int)objects.Get<uint>(id, kAudioDevicePropertyBufferFrameSize),
        Safety(objects, id, kAudioObjectPropertyScopeOutput),
        Latency(objects, id, kAudioObjectPropertyScopeOutput),
        Safety(objects, id, kAudioObjectPropertyScopeInput),
        Latency(objects, id, kAudioObjectPropertyScopeInput));

    /// <summary>When a cycle whose first output frame is handed over at <paramref name="handover"/> was due.</summary>
    [RealtimeSafe]
    public MeshTime DueByOutput(MeshTime handover, int cycleFrames) => handover.Add(-Nanoseconds(cycleFrames + OutputSafety));

    /// <summary>When a cycle whose first input frame came at <paramref name="arrival"/> was due.</summary>
    [RealtimeSafe]
    public MeshTime DueByInput(MeshTime arrival, int cycleFrames) => arrival.Add(Nanoseconds(cycleFrames + InputSafety));

    /// <summary>The time frames take at the nominal rate.</summary>
    [RealtimeSafe]
    public long Nanoseconds(int frames) => new FrameCount(frames).ToNanoseconds(Rate);

    private static int Safety(HalObjects objects, uint id, uint scope) =>
        (int)objects.GetOr(id, kAudioDevicePropertySafetyOffset, scope, 0u);

    private static int Latency(HalObjects objects, uint id, uint scope)
    {
        uint longest = 0;
        foreach (uint stream in objects.List<uint>(id, kAudioDevicePropertyStreams, scope))
        {
            longest = Math.Max(longest, objects.GetOr(stream, kAudioStreamPropertyLatency, kAudioObjectPropertyScopeGlobal, 0u));
        }

        return (int)(longest + objects.GetOr(id, kAudioDevicePropertyLatency, scope, 0u));
    }
}
