// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>
/// What a resampler computes with; immutable. Without banks it draws straight lines. Exact banks have every phase that will occur, others are
/// interpolated. With a doubler, they work at twice the input's rate.
/// </summary>
internal sealed record ResamplerBanks<T>(DoublerFilter<T>? Doubler, PolyphaseBank<T>[] Banks, bool IsExact)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FewestPhases = 16;

    public static ResamplerBanks<T> None { get; } = new(null, [], false);

    /// <summary>Banks for those cut-offs; with <paramref name="exactPhases"/> of them, or interpolated where that is 0.</summary>
    public static ResamplerBanks<T> Make(in ResamplerPreset preset, double[] cutoffs, bool isDoubled, int exactPhases)
    {
        PolyphaseBank<T>[] banks = new PolyphaseBank<T>[cutoffs.Length];
        for (int i = 0; i < banks.Length; i++)
        {
            PolyphaseShape shape = isDoubled ? ShortFilter<T>.Shape : PolyphaseShape.Steep(preset, cutoffs[i]);

            // The lower the sound against the rate, the smoother the response: fewer phases describe it as well.
            int enough = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(preset.CubicPhases * cutoffs[i]));
            banks[i] = exactPhases > 0 ? new(shape, exactPhases, lead: 0)
                : isDoubled ? new(shape, preset.BlendPhases, lead: 0)
                : new(shape, Math.Max(FewestPhases, enough), lead: 1);
        }

        return new(isDoubled ? new DoublerFilter<T>(preset, cutoffs[0]) : null, banks, exactPhases > 0);
    }
}
