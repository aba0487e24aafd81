// Training steps and inference in libtorch, answering the line protocol that serving.py describes.
//
// `step` differentiates with autograd, without accumulation, and updates all parameters with one fused call.
// `step-by-hand` writes the gradients out and lets no autograd run: what is left of libtorch are its kernels.

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using torch::Tensor;
using Clock = std::chrono::steady_clock;

struct Network {
    torch::Dtype element = torch::kFloat;
    bool sigmoid = false, squares = false;
    int64_t batch = 0;
    double rate = 0;
    std::vector<int64_t> sizes;
    std::vector<Tensor> weights, biases, parameters;

    explicit Network(std::istream& text) {
        std::string type, activation, loss, shape, size;
        text >> type >> activation >> loss >> batch >> shape >> rate;
        if (!text) throw std::invalid_argument("a network is: element activation loss batch sizes rate");
        element = type == "float" ? torch::kFloat : torch::kDouble;
        sigmoid = activation == "sigmoid";
        squares = loss == "squares";
        std::istringstream shapes(shape);
        while (std::getline(shapes, size, '-')) sizes.push_back(std::stoll(size));
        for (size_t i = 0; i + 1 < sizes.size(); i++) {
            weights.push_back(uniform({sizes[i + 1], sizes[i]}, sizes[i]));
            biases.push_back(uniform({sizes[i + 1]}, sizes[i]));
            parameters.push_back(weights.back());
            parameters.push_back(biases.back());
        }
    }

    Tensor uniform(std::vector<int64_t> shape, int64_t inputs) const {
        return ((torch::rand(shape, element) * 2 - 1) / std::sqrt(double(inputs)));
    }

    Tensor input() const { return torch::randn({batch, sizes.front()}, element); }

    Tensor target() const {
        return squares ? torch::randn({batch, sizes.back()}, element) : torch::arange(batch, torch::kLong) % sizes.back();
    }

    Tensor layer(size_t i, const Tensor& x) const {
        Tensor z = torch::linear(x, weights[i], biases[i]);
        if (i + 1 == weights.size()) return z;
        return sigmoid ? z.sigmoid_() : z.relu_();
    }

    Tensor forward(Tensor x) const {
        for (size_t i = 0; i < weights.size(); i++) x = layer(i, x);
        return x;
    }

    Tensor loss(const Tensor& scores, const Tensor& y) const {
        return squares ? torch::mse_loss(scores, y, at::Reduction::Sum) : torch::cross_entropy_loss(scores, y);
    }

    Tensor lossGradient(const Tensor& scores, const Tensor& y) const {
        if (squares) return (scores - y).mul_(2);
        Tensor gradient = torch::log_softmax(scores, 1).exp_();
        gradient.scatter_add_(1, y.unsqueeze(1), torch::full({batch, 1}, -1, element));
        return gradient.div_(double(batch));
    }
};

std::function<void()> step(Network network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input(), y = network.target();
    return [=] {
        auto gradients = torch::autograd::grad({network.loss(network.forward(x), y)}, network.parameters);
        torch::NoGradGuard untracked;
        torch::_foreach_add_(network.parameters, gradients, -network.rate);
    };
}

// Adam of torch.optim in its foreach form, which libtorch's own optimiser does not have.
std::function<void()> adam(Network network) {
    std::vector<Tensor> means, squares;
    for (auto& parameter : network.parameters) {
        means.push_back(torch::zeros_like(parameter));
        squares.push_back(torch::zeros_like(parameter));
        parameter.set_requires_grad(true);
    }
    Tensor x = network.input(), y = network.target();
    int64_t count = 0;
    return [=]() mutable {
        auto gradients = torch::autograd::grad({network.loss(network.forward(x), y)}, network.parameters);
        torch::NoGradGuard untracked;
        const double beta1 = 0.9, beta2 = 0.999;
        count++;
        torch::_foreach_mul_(means, beta1);
        torch::_foreach_add_(means, gradients, 1 - beta1);
        torch::_foreach_mul_(squares, beta2);
        torch::_foreach_addcmul_(squares, gradients, gradients, 1 - beta2);
        auto scales = torch::_foreach_sqrt(squares);
        torch::_foreach_div_(scales, std::sqrt(1 - std::pow(beta2, count)));
        torch::_foreach_add_(scales, 1e-8);
        torch::_foreach_addcdiv_(network.parameters, means, scales, -network.rate / (1 - std::pow(beta1, count)));
    };
}

std::function<void()> stepByHand(Network network) {
    Tensor x = network.input(), y = network.target();
    return [=] {
        c10::InferenceMode inference;
        std::vector<Tensor> activations = {x};
        for (size_t i = 0; i < network.weights.size(); i++) activations.push_back(network.layer(i, activations[i]));
        Tensor upstream = network.lossGradient(activations.back(), y);
        for (size_t i = network.weights.size(); i-- > 0;) {
            Tensor downstream;
            if (i > 0) {
                const Tensor& output = activations[i];
                downstream = torch::mm(upstream, network.weights[i]);
                downstream = network.sigmoid ? at::sigmoid_backward(downstream, output) : at::threshold_backward(downstream, output, 0);
            }
            Tensor(network.weights[i]).addmm_(upstream.t(), activations[i], 1, -network.rate);
            Tensor(network.biases[i]).sub_(upstream.sum(0), network.rate);
            upstream = downstream;
        }
    };
}

std::function<void()> infer(Network network) {
    Tensor x = network.input();
    return [=] {
        c10::InferenceMode inference;
        network.forward(x);
    };
}

// A recurrent layer and a linear one on each of its steps; sequences are [steps, batch, inputs].
struct SequenceNetwork {
    torch::Dtype element = torch::kFloat;
    std::string cell;
    int64_t batch = 0, steps = 0;
    double rate = 0;
    std::vector<int64_t> sizes;
    std::vector<Tensor> recurrent, parameters;
    Tensor weight, bias, h, c;

    explicit SequenceNetwork(std::istream& text) {
        std::string type, shape, size;
        text >> type >> cell >> batch >> steps >> shape >> rate;
        if (!text) throw std::invalid_argument("a recurrent network is: element cell batch steps sizes rate");
        element = type == "float" ? torch::kFloat : torch::kDouble;
        std::istringstream shapes(shape);
        while (std::getline(shapes, size, '-')) sizes.push_back(std::stoll(size));
        int64_t hidden = sizes[1], gates = hidden * (cell == "lstm" ? 4 : cell == "gru" ? 3 : 1);
        recurrent = {uniform({gates, sizes[0]}), uniform({gates, hidden}), uniform({gates}), uniform({gates})};
        weight = uniform({sizes[2], hidden});
        bias = uniform({sizes[2]});
        parameters = recurrent;
        parameters.push_back(weight);
        parameters.push_back(bias);
        h = torch::zeros({1, batch, hidden}, element);
        c = torch::zeros({1, batch, hidden}, element);
    }

    Tensor uniform(std::vector<int64_t> shape) const { return (torch::rand(shape, element) * 2 - 1) / std::sqrt(double(sizes[1])); }

    Tensor input() const { return torch::randn({steps, batch, sizes[0]}, element); }

    Tensor forward(const Tensor& x, bool train) const {
        Tensor y;
        if (cell == "lstm") y = std::get<0>(torch::lstm(x, {h, c}, recurrent, true, 1, 0.0, train, false, false));
        else if (cell == "gru") y = std::get<0>(torch::gru(x, h, recurrent, true, 1, 0.0, train, false, false));
        else y = std::get<0>(torch::rnn_tanh(x, h, recurrent, true, 1, 0.0, train, false, false));
        return torch::linear(y, weight, bias);
    }
};

std::function<void()> sequenceStep(SequenceNetwork network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input(), y = torch::arange(network.steps * network.batch, torch::kLong) % network.sizes[2];
    return [=] {
        Tensor loss = torch::cross_entropy_loss(network.forward(x, true).view({-1, network.sizes[2]}), y);
        auto gradients = torch::autograd::grad({loss}, network.parameters);
        torch::NoGradGuard untracked;
        torch::_foreach_add_(network.parameters, gradients, -network.rate);
    };
}

std::function<void()> sequenceInfer(SequenceNetwork network) {
    Tensor x = network.input();
    return [=] {
        c10::InferenceMode inference;
        network.forward(x, false);
    };
}

std::function<void()> prepare(const std::string& text) {
    std::istringstream words(text);
    std::string kind;
    words >> kind;
    c10::InferenceMode plain(kind != "step" && kind != "adam" && kind != "sequence-step");
    torch::manual_seed(1);
    if (kind == "step") return step(Network(words));
    if (kind == "adam") return adam(Network(words));
    if (kind == "step-by-hand") return stepByHand(Network(words));
    if (kind == "infer") return infer(Network(words));
    if (kind == "sequence-step") return sequenceStep(SequenceNetwork(words));
    if (kind == "sequence-infer") return sequenceInfer(SequenceNetwork(words));
    throw std::invalid_argument("libtorch has no work named '" + kind + "'");
}

double microseconds(const std::function<void()>& work) {
    auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// Median of one run: a fifth of the budget warms up, the rest is measured; no budget is one run.
double median(const std::function<void()>& work, double milliseconds) {
    if (milliseconds == 0) return microseconds(work);
    double spent = 0;
    while (spent < milliseconds * 200) spent += microseconds(work);
    std::vector<double> times;
    for (spent = 0; spent < milliseconds * 800 || times.size() < 3; spent += times.back()) times.push_back(microseconds(work));
    auto middle = times.begin() + times.size() / 2;
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

int main() {
    std::cout << "ready libtorch " << TORCH_VERSION << std::endl;
    std::string line, verb, text, current;
    std::function<void()> work;
    while (std::getline(std::cin, line)) {
        try {
            std::istringstream words(line);
            double budget = 0;
            words >> verb >> budget >> std::ws;
            std::getline(words, text);
            if (verb != "run") throw std::invalid_argument("unknown verb '" + verb + "'");
            if (text != current) {
                work = prepare(text);
                current = text;
            }
            std::cout << "ok " << median(work, budget) << std::endl;
        } catch (const std::exception& failure) {
            std::string message = failure.what();
            std::cout << "error " << message.substr(0, message.find('\n')) << std::endl;
        }
    }
}
