// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>What came of an order.</summary>
public enum TransportResult
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>Its time had passed when the device came to it; what was to be heard by then was left out, and the frame is right.</summary>
    Late,

    /// <summary>The transport did what was asked already, or cannot from there: it rolled, or it stood.</summary>
    Idle,

    /// <summary>Somebody else moved the transport meanwhile.</summary>
    Overridden,

    /// <summary>The transport did not follow in time.</summary>
    Missed,
}
