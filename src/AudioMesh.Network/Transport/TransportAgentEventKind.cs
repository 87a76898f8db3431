// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>What an agent has to say.</summary>
public enum TransportAgentEventKind
{
    /// <summary>An order was taken down; nothing moves before it is fired.</summary>
    Prepared,

    /// <summary>An order was given to the transport.</summary>
    Fired,

    /// <summary>An order was taken back.</summary>
    Cancelled,

    /// <summary>An order was never fired, and its time is over.</summary>
    Expired,

    /// <summary>An order was carried out, or not: see the outcome.</summary>
    Outcome,

    /// <summary>The host falls in with what the mesh plays.</summary>
    FellIn,

    /// <summary>The transport has run from where it should be by more than the user allows: the device's clock drifts, or it was held up.</summary>
    Strayed,

    /// <summary>It is located to where it should be, because it strayed.</summary>
    Relocated,

    /// <summary>Recording is armed now.</summary>
    Armed,

    /// <summary>Recording is not armed any more.</summary>
    Disarmed,

    /// <summary>Tempo or meter changed.</summary>
    TempoChanged,
}
