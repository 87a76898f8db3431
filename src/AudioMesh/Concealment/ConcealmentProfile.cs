// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>How much is spent on predicting: the order of the linear predictor and the samples it is trained on, four times as many.</summary>
public enum ConcealmentProfile
{
    /// <summary>256 coefficients from 1024 samples.</summary>
    Lite,

    /// <summary>512 coefficients from 2048 samples.</summary>
    Default,

    /// <summary>1280 coefficients from 5120 samples, and beside them those of the default: seven times its work.</summary>
    Hq,
}

/// <summary>The figures of the profiles.</summary>
[RealtimeSafe]
public static class ConcealmentProfiles
{
    /// <summary>The fewest samples that a model is trained on.</summary>
    public const int LeastSamples = 256;

    /// <summary>Samples of the window that a second model is trained on beside one of a longer window.</summary>
    internal const int SecondWindow = 2048;

    /// <summary>The most coefficients of a second model.</summary>
    internal const int MostSecondOrder = SecondWindow / 4;

    /// <summary>Samples of the window that <paramref name="profile"/> trains on.</summary>
    public static int Window(this ConcealmentProfile profile) => profile switch
    {
        ConcealmentProfile.Lite => 1024,
        ConcealmentProfile.Default => SecondWindow,
        _ => LatticeBurg.MostSamples,
    };

    /// <summary>Coefficients of a model trained on <paramref name="window"/> samples.</summary>
    public static int OrderOf(int window) => window / 4;
}
