// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Why something was heard that should not be.</summary>
public enum RenderCause
{
    /// <summary>Not known or not asked.</summary>
    None,

    /// <summary>The app did not write in time.</summary>
    AppLate,

    /// <summary>The app's runtime stopped it to collect garbage.</summary>
    Gc,

    /// <summary>The device, its server or the system's scheduling.</summary>
    Device,

    /// <summary>The graph needed longer than a period.</summary>
    Overrun,

    /// <summary>A file was not read or written in time.</summary>
    FileLate,

    /// <summary>The GPU did not render in time, or is gone.</summary>
    GpuLate,

    /// <summary>Packets of a stream were lost or came too late.</summary>
    PacketLost,

    /// <summary>Nothing came from the network, or went to it, for longer than prediction is heard.</summary>
    NetworkOutage,
}
