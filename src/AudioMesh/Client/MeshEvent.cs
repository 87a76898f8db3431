// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh;

/// <summary>Something the engine reports.</summary>
/// <param name="Time">When.</param>
public abstract record MeshEvent(MeshTime Time);

/// <summary>The engine's state changed.</summary>
/// <param name="Time">When.</param>
/// <param name="State"><c>stopped</c>, <c>running</c> or <c>holdover</c>: the device is gone and time goes on without it.</param>
public sealed record StateEvent(MeshTime Time, string State) : MeshEvent(Time);

/// <summary>Something was heard that should not be.</summary>
/// <param name="Time">When.</param>
/// <param name="Type"><c>underrun</c>, <c>missed</c>, <c>device</c>, <c>overrun</c>, <c>replaced</c> or <c>overflow</c>.</param>
/// <param name="Cause"><c>gc</c>, <c>app_late</c>, <c>device</c>, <c>overrun</c>, <c>file_late</c>, <c>gpu_late</c> or <c>none</c>.</param>
/// <param name="NodeId">The node concerned, 0 for the engine.</param>
/// <param name="Frames">Frames concerned.</param>
/// <param name="Microseconds">The same as time.</param>
/// <param name="PauseMicroseconds">How long the app's runtime was stopped across the gap.</param>
/// <param name="PredictedFrames">Frames of an underrun that were not silent: they were predicted from the sound before.</param>
public sealed record XrunEvent(
    MeshTime Time,
    string Type,
    string Cause,
    int NodeId,
    long Frames,
    long Microseconds,
    long PauseMicroseconds,
    long PredictedFrames) : MeshEvent(Time);

/// <summary>The figures now.</summary>
/// <param name="Time">When.</param>
/// <param name="Stats">The figures.</param>
public sealed record StatsEvent(MeshTime Time, EngineStats Stats) : MeshEvent(Time);

/// <summary>The device was opened, lost, changed or came back.</summary>
/// <param name="Time">When.</param>
/// <param name="Value"><c>opened</c>, <c>lost</c>, <c>waiting</c>, <c>returned</c>, <c>period_changed</c>, ...</param>
/// <param name="Device">The device concerned.</param>
/// <param name="Error">Why it does not return yet, where that is known.</param>
public sealed record DeviceChangeEvent(MeshTime Time, string Value, DeviceInfo? Device, AudioMeshException? Error) : MeshEvent(Time);

/// <summary>A node came to its end, failed, or measured more than its limit.</summary>
/// <param name="Time">When.</param>
/// <param name="Value"><c>ended</c>, <c>failed</c> or <c>over</c>.</param>
/// <param name="NodeId">Which.</param>
/// <param name="Error">Why it failed.</param>
public sealed record NodeEvent(MeshTime Time, string Value, int NodeId, AudioMeshException? Error) : MeshEvent(Time)
{
    /// <summary>The true peak that a meter measured, in dB; null where it is not about a level.</summary>
    public double? LevelDb { get; init; }

    /// <summary>On which channel.</summary>
    public int Channel { get; init; }
}

/// <summary>Events before this one were lost, because they were not taken in time. Comes to everybody who listens.</summary>
/// <param name="Time">When that was noticed.</param>
/// <param name="Count">How many.</param>
public sealed record DroppedEvent(MeshTime Time, long Count) : MeshEvent(Time);

/// <summary>A node is left out from now on because it took too long; <see cref="MeshNode.RestoreAsync"/> takes it back.</summary>
/// <param name="Time">When.</param>
/// <param name="NodeId">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="Microseconds">How long it took for its last block.</param>
/// <param name="LimitMicroseconds">How long it may take.</param>
public sealed record BypassEvent(MeshTime Time, int NodeId, string Name, long Microseconds, long LimitMicroseconds) : MeshEvent(Time);

/// <summary>The clocks now.</summary>
/// <param name="Time">When.</param>
/// <param name="Clock">The clocks.</param>
public sealed record ClockEvent(MeshTime Time, DeviceClockInfo Clock) : MeshEvent(Time);

/// <summary>A MIDI transport that a <c>midi_clock</c> follows did something.</summary>
/// <param name="Time">When what is rendered at its frame leaves the device.</param>
/// <param name="Value"><c>start</c>, <c>continue</c>, <c>stop</c> or <c>position</c>.</param>
/// <param name="NodeId">Who follows it.</param>
/// <param name="Sixteenths">Where it is, in sixteenths.</param>
public sealed record MidiTransportEvent(MeshTime Time, string Value, int NodeId, long Sixteenths) : MeshEvent(Time);
