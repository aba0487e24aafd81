"""The program of the README in PyTorch: 2,000 steps of exclusive or, from its start to its end."""
import torch

torch.manual_seed(1)
x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)
net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.Sigmoid(), torch.nn.Linear(8, 1)).double()
loss = torch.nn.MSELoss()
sgd = torch.optim.SGD(net.parameters(), lr=0.5, momentum=0.9)
for step in range(2000):
    sgd.zero_grad()
    loss(net(x), y).backward()
    sgd.step()
with torch.no_grad():
    print(net(x))
