// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The families of events.</summary>
[Flags]
public enum MeshEvents
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><see cref="StateEvent"/>.</summary>
    State = 1,

    /// <summary><see cref="XrunEvent"/>.</summary>
    Xrun = 2,

    /// <summary><see cref="StatsEvent"/>, once a second while running.</summary>
    Stats = 4,

    /// <summary><see cref="DeviceChangeEvent"/>.</summary>
    Device = 8,

    /// <summary><see cref="NodeEvent"/>.</summary>
    Node = 16,

    /// <summary><see cref="BypassEvent"/>.</summary>
    Bypass = 32,

    /// <summary><see cref="ClockEvent"/>, once a second while running.</summary>
    Clock = 64,

    /// <summary><see cref="MidiTransportEvent"/>.</summary>
    Midi = 128,

    /// <summary>All.</summary>
    All = 255,
}
