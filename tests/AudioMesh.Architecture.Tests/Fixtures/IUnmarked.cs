// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests.Fixtures;

internal interface IUnmarked
{
    void Do();
}
