// SPDX-License-Identifier: MIT
using AudioMesh.Plugins;

namespace AudioMesh.Daemon.Config;

/// <summary>Which plug-ins may be loaded.</summary>
internal sealed record PluginsConfig
{
    /// <summary>LADSPA plug-ins, each as <c>library:label</c>; empty allows none.</summary>
    public IReadOnlyList<string> Ladspa { get; init; } = [];

    /// <summary>Where they are; empty for the usual places.</summary>
    public IReadOnlyList<string> LadspaFolders { get; init; } = [];

    /// <summary>Whether those are taken, too, that do not promise to be fit for realtime.</summary>
    public bool LadspaNotRealtime { get; init; }

    /// <summary>The same as a host takes it.</summary>
    public LadspaOptions Options => new() { Allowed = Ladspa, Folders = LadspaFolders, AllowsNotRealtime = LadspaNotRealtime };

    public bool Equals(PluginsConfig? other) => other is not null && LadspaNotRealtime == other.LadspaNotRealtime
        && Ladspa.SequenceEqual(other.Ladspa) && LadspaFolders.SequenceEqual(other.LadspaFolders);

    public override int GetHashCode() => HashCode.Combine(Ladspa.Count, LadspaFolders.Count, LadspaNotRealtime);
}
