// SPDX-License-Identifier: MIT
namespace AudioMesh.Kernels;

/// <summary>The filter of ITU-R BS.1770-4 Annex 2, tap by tap the four phases.</summary>
internal static class PhaseTaps
{
    private static ReadOnlySpan<float> First =>
    [
        0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f, -0.0594482421875f, 0.1373291015625f,
        0.9721679687500f, -0.1022949218750f, 0.0476074218750f, -0.0266113281250f, 0.0148925781250f, -0.0083007812500f,
    ];

    private static ReadOnlySpan<float> Second =>
    [
        -0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f, -0.1665039062500f, 0.4650878906250f,
        0.7797851562500f, -0.2003173828125f, 0.1015625000000f, -0.0582275390625f, 0.0330810546875f, -0.0189208984375f,
    ];

    public static void Fill(Span<float> taps)
    {
        for (int tap = 0; tap < First.Length; tap++)
        {
            taps[4 * tap] = First[tap];
            taps[(4 * tap) + 1] = Second[tap];
            taps[(4 * tap) + 2] = Second[^(tap + 1)];
            taps[(4 * tap) + 3] = First[^(tap + 1)];
        }
    }
}
