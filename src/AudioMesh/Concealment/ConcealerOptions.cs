// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>What a <see cref="StreamConcealer"/> is made for.</summary>
public sealed record ConcealerOptions
{
    /// <summary>Channels, 1 to 64; each is predicted by itself.</summary>
    public required int Channels { get; init; }

    /// <summary>Frames per second.</summary>
    public required int Rate { get; init; }

    /// <summary>What to train with.</summary>
    public ConcealmentProfile Profile { get; init; } = ConcealmentProfile.Default;

    /// <summary>Trains the models, and outlives the concealer; null: the processor does.</summary>
    public IModelTrainer? Trainer { get; init; }
}
