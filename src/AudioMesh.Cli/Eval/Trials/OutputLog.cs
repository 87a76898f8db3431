// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Trials;

/// <summary>Remembers what a method gave, as a hash, and takes out what no loudspeaker could play.</summary>
internal sealed class OutputLog
{
    private Fnv64 _hash = new();

    public ulong Hash => _hash.Value;

    public long NotFinite { get; private set; }

    /// <summary>Samples that are no finite numbers become 0.</summary>
    public void Add(Span<float> samples)
    {
        _hash.Add(samples);
        foreach (ref float sample in samples)
        {
            if (!float.IsFinite(sample))
            {
                sample = 0;
                NotFinite++;
            }
        }
    }

    /// <summary>Adds what was logged elsewhere, later.</summary>
    public void Add(OutputLog later)
    {
        _hash.Add(later.Hash);
        NotFinite += later.NotFinite;
    }
}
