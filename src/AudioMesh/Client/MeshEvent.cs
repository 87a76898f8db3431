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
/// <param name="Type"><c>underrun</c>, <c>missed</c>, <c>device</c>, <c>overrun</c> or <c>overflow</c>.</param>
/// <param name="Cause"><c>gc</c>, <c>app_late</c>, <c>device</c>, <c>overrun</c>, <c>file_late</c> or <c>none</c>.</param>
/// <param name="NodeId">The node concerned, 0 for the engine.</param>
/// <param name="Frames">Frames concerned.</param>
/// <param name="Microseconds">The same as time.</param>
/// <param name="PauseMicroseconds">How long the app's runtime was stopped across the gap.</param>
public sealed record XrunEvent(
    MeshTime Time, string Type, string Cause, int NodeId, long Frames, long Microseconds, long PauseMicroseconds) : MeshEvent(Time);

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

/// <summary>A node came to its end, or failed.</summary>
/// <param name="Time">When.</param>
/// <param name="Value"><c>ended</c> or <c>failed</c>.</param>
/// <param name="NodeId">Which.</param>
/// <param name="Error">Why it failed.</param>
public sealed record NodeEvent(MeshTime Time, string Value, int NodeId, AudioMeshException? Error) : MeshEvent(Time);
