// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>Tells how a hub goes.</summary>
internal interface IHubReport
{
    /// <summary>How often to tell the progress.</summary>
    TimeSpan Interval { get; }

    /// <summary>Tells that it listens.</summary>
    void Begin(string name, HubHost hub, HubServerOptions options, string mixer);

    /// <summary>Tells what happened; only inside <see cref="AroundAsync"/>.</summary>
    void Tell(HubEvent happened);

    /// <summary>Tells how it stands; only inside <see cref="AroundAsync"/>.</summary>
    void Progress(HubLook look);

    /// <summary>Does <paramref name="body"/> with the progress shown around it.</summary>
    Task AroundAsync(Func<Task> body);

    /// <summary>Tells what it came to.</summary>
    void End(HubLook look, bool isInterrupted);
}
