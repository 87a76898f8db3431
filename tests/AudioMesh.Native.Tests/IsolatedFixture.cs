// SPDX-License-Identifier: MIT
namespace AudioMesh.Native.Tests;

/// <summary>An engine in the library, on the null device.</summary>
internal abstract class IsolatedFixture
{
    protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    protected static DeviceOptions Null => new() { Driver = "null", PeriodFrames = 64, Rate = 48000 };

    protected AudioMeshEngine Engine { get; private set; } = null!;

    [SetUp]
    public async Task SetUpEngine() => Engine = await StartAsync();

    [TearDown]
    public async Task TearDownEngine() => await (Engine?.DisposeAsync() ?? ValueTask.CompletedTask);

    protected static Task<AudioMeshEngine> StartAsync() =>
        AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Isolated, LibraryPath = BuiltLibrary.Path });

    protected static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        long end = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!await condition())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(end), $"within {Limit}: {what}");
            await Task.Delay(10);
        }
    }
}
