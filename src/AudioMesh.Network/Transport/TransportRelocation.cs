// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>When a transport that has run away from mesh time is located to where it should be.</summary>
public enum TransportRelocation
{
    /// <summary>Not before the next order.</summary>
    Never,

    /// <summary>So that it is right from the next bar on.</summary>
    AtBar,

    /// <summary>So that it is right from the next beat on.</summary>
    AtBeat,

    /// <summary>As soon as can be.</summary>
    AtOnce,
}
