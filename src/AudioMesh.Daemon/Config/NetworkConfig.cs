// SPDX-License-Identifier: MIT
using AudioMesh.Network.Session;

namespace AudioMesh.Daemon.Config;

/// <summary>What nodes may exchange with other machines and programs.</summary>
internal sealed record NetworkConfig
{
    /// <summary>The one session that <c>toast_source</c> and <c>toast_sink</c> take part in; null: none.</summary>
    public ToastSettings? Session { get; init; }

    /// <summary>Whether clients that are no admins may make <c>jdat_source</c> and <c>jdat_sink</c>, which open any place that their arguments name.</summary>
    public bool Jdat { get; init; }
}
