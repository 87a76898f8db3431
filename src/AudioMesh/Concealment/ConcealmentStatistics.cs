// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>Figures of a <see cref="StreamConcealer"/> at one moment; counters run from its creation.</summary>
/// <param name="Gaps">Gaps filled.</param>
/// <param name="PredictedFrames">Frames in them.</param>
/// <param name="StaleFrames">Of these, frames predicted with another model than that of their position, because training was behind.</param>
/// <param name="UnmodelledFrames">Of these, frames for which there was no model: the newest samples were mirrored, fading.</param>
/// <param name="Trainings">Positions at which models were trained.</param>
/// <param name="SkippedTrainings">Positions left out because training was behind.</param>
/// <param name="Confidence">How much of the samples that came the models had foretold, least of all channels: 0 nothing, 1 all.</param>
/// <param name="Profile">What is trained with now.</param>
public readonly record struct ConcealmentStatistics(
    long Gaps,
    long PredictedFrames,
    long StaleFrames,
    long UnmodelledFrames,
    long Trainings,
    long SkippedTrainings,
    float Confidence,
    ConcealmentProfile Profile);
