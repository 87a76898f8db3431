// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Report;

/// <summary>256 colours from night over teal to pale yellow, each lighter than the one before.</summary>
internal static class SpectrogramColours
{
    private static readonly (int Place, int Red, int Green, int Blue)[] Anchors =
        [(0, 12, 17, 29), (70, 24, 54, 84), (130, 31, 110, 116), (185, 88, 171, 130), (225, 194, 217, 143), (255, 252, 244, 198)];

    public static byte[] Palette { get; } = MakePalette();

    private static byte[] MakePalette()
    {
        byte[] palette = new byte[256 * 3];
        for (int anchor = 1; anchor < Anchors.Length; anchor++)
        {
            (int Place, int Red, int Green, int Blue) from = Anchors[anchor - 1], to = Anchors[anchor];
            for (int place = from.Place; place <= to.Place; place++)
            {
                double share = (double)(place - from.Place) / (to.Place - from.Place);
                palette[3 * place] = (byte)double.Lerp(from.Red, to.Red, share);
                palette[(3 * place) + 1] = (byte)double.Lerp(from.Green, to.Green, share);
                palette[(3 * place) + 2] = (byte)double.Lerp(from.Blue, to.Blue, share);
            }
        }

        return palette;
    }
}
