// SPDX-License-Identifier: MIT
namespace AudioMesh.Plugins;

/// <summary>Which LADSPA plug-ins may be hosted, and where they are.</summary>
public sealed record LadspaOptions
{
    /// <summary>
    /// What is allowed, each as <c>library:label</c>: the library's file name without <c>.so</c>, and the plug-in's label in it (<c>amp:amp_mono</c>).
    /// Nothing else is loaded. Plug-ins run in this process, and one that crashes takes it along.
    /// </summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>
    /// The folders that are searched, in order. Empty: those of the environment's <c>LADSPA_PATH</c>, else <c>/usr/local/lib/ladspa</c>,
    /// <c>/usr/lib/ladspa</c> and <c>/usr/lib64/ladspa</c>.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Whether plug-ins are hosted that do not promise to be fit for realtime (<c>LADSPA_PROPERTY_HARD_RT_CAPABLE</c>): they may wait, and everybody hears it.</summary>
    public bool AllowsNotRealtime { get; init; }

    /// <summary>Throws InvalidArgument for an entry of <see cref="Allowed"/> that is not <c>library:label</c>.</summary>
    public void Validate()
    {
        foreach (string entry in Allowed)
        {
            string[] parts = entry.Split(':');
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0 || parts[0].StartsWith('.') || parts[0].Contains('/'))
            {
                throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"'{entry}' allows no LADSPA plug-in.")
                {
                    Field = "ladspa",
                    Allowed = "library:label, the library by its file name without folder and .so",
                };
            }
        }
    }
}
