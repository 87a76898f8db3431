// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>What the worker expects of a fill of one channel, from fills it tried where the samples came.</summary>
internal struct GapForecast
{
    /// <summary>Whether there was sound to learn from.</summary>
    public bool HasModel;

    /// <summary>How much of the received samples the last models foretold: 0 nothing, 1 all.</summary>
    public float Confidence;

    /// <summary>After how many samples the sound repeats itself best; 0 where it does not.</summary>
    public int Period;

    /// <summary>How much of the linear prediction is right, by lag.</summary>
    public SegmentValues Predicted;

    /// <summary>How much of the second model's prediction to add, by lag.</summary>
    public SegmentValues Second;

    /// <summary>How much of the repetition to add, by lag.</summary>
    public SegmentValues Repeated;
}
