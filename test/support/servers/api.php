<?php
// An API for PHP's built-in server that fails at `/`.
if ($_SERVER['REQUEST_URI'] === '/api/users') {
    echo 'ada';
} else {
    http_response_code(500);
}
