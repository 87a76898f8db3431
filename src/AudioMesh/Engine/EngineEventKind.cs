// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine;

/// <summary>The families of events a client subscribes to.</summary>
public enum EngineEventKind
{
    /// <summary>The engine's state changed.</summary>
    State,

    /// <summary>A gap, a missed period, an overrun, an overflow.</summary>
    Xrun,

    /// <summary>Figures, once a second while running.</summary>
    Stats,

    /// <summary>The device was opened, lost, changed or came back.</summary>
    Device,

    /// <summary>A node ended or failed.</summary>
    Node,

    /// <summary>A node is left out because it took too long.</summary>
    Bypass,

    /// <summary>The clocks, once a second while running.</summary>
    Clock,

    /// <summary>A MIDI transport that is followed started, stopped or moved.</summary>
    Midi,
}
